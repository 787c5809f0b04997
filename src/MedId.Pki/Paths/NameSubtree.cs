namespace MedId.Pki;

/// <summary>Whether a name lies in a subtree (RFC 5280 §4.2.1.10), form by form.</summary>
internal static class NameSubtree
{
    /// <summary>The forms that can be compared. A constraint of another form is one that cannot be processed.</summary>
    public static bool IsSupported(GeneralName form) => form is GeneralName.DirectoryName or GeneralName.DnsName or GeneralName.Rfc822Name
        or GeneralName.UniformResourceIdentifier or GeneralName.IpAddress;

    /// <summary>Whether a subtree can be processed: the profile has no bounds, and the base is well formed.</summary>
    public static bool CanBeProcessed(GeneralSubtree subtree) => subtree is { Minimum: 0, Maximum: null } && subtree.Base switch
    {
        GeneralName.DirectoryName => true,

        // "Zero or more labels to the left": a dot in front means something for mail and URIs only.
        GeneralName.DnsName dns => dns.Value.Length == 0 || IsHost(dns.Value),
        GeneralName.Rfc822Name mail => SplitMail(mail.Value, out _, out var host) ? IsHost(host) : IsHost(mail.Value.AsSpan(mail.Value.StartsWith('.') ? 1 : 0)),
        GeneralName.UniformResourceIdentifier uri => IsHost(uri.Value.AsSpan(uri.Value.StartsWith('.') ? 1 : 0)),
        GeneralName.IpAddress address => HasContiguousMask(address.Value.Span),
        _ => false,
    };

    /// <summary>Whether two names are of one form; only those are compared.</summary>
    public static bool IsSameForm(GeneralName name, GeneralName subtreeBase) => name.GetType() == subtreeBase.GetType()
        && (name is not GeneralName.OtherName other || string.Equals(other.Oid, ((GeneralName.OtherName)subtreeBase).Oid, StringComparison.Ordinal));

    /// <summary>Whether a name can be compared at all; one that cannot lies in no permitted subtree and in every excluded one.</summary>
    public static bool IsComparable(GeneralName name) => name switch
    {
        GeneralName.DnsName dns => IsHost(WithoutWildcard(dns.Value)),
        GeneralName.Rfc822Name mail => SplitMail(mail.Value, out _, out var host) && IsHost(host),
        GeneralName.UniformResourceIdentifier uri => TryGetHost(uri.Value, out _),
        _ => true,
    };

    /// <summary>Whether a comparable name lies in the subtree of a base of its form.</summary>
    /// <param name="name">The name.</param>
    /// <param name="subtreeBase">The base.</param>
    /// <param name="isExcluded">Whether the subtree is one that is excluded: then a wildcard lies in it when one of the names it stands for does.</param>
    public static bool Contains(GeneralName name, GeneralName subtreeBase, bool isExcluded) => (name, subtreeBase) switch
    {
        (GeneralName.DirectoryName n, GeneralName.DirectoryName b) => n.Name.IsWithin(b.Name),
        (GeneralName.DnsName n, GeneralName.DnsName b) => IsAtOrBelow(n.Value, b.Value) || (isExcluded && WildcardMeets(n.Value, b.Value)),
        (GeneralName.Rfc822Name n, GeneralName.Rfc822Name b) => ContainsMail(n.Value, b.Value),
        (GeneralName.UniformResourceIdentifier n, GeneralName.UniformResourceIdentifier b) => TryGetHost(n.Value, out var host) && ContainsHost(host, b.Value),
        (GeneralName.IpAddress n, GeneralName.IpAddress b) => ContainsAddress(n.Value.Span, b.Value.Span),
        _ => false,
    };

    private static bool ContainsMail(string mail, string subtree)
    {
        SplitMail(mail, out var mailbox, out var host);
        return SplitMail(subtree, out var onlyMailbox, out var onlyHost)
            ? mailbox.SequenceEqual(onlyMailbox) && host.Equals(onlyHost, StringComparison.OrdinalIgnoreCase)
            : ContainsHost(host, subtree);
    }

    /// <summary>For mail and URIs: a base with a dot is every host below it, one without is that host alone.</summary>
    private static bool ContainsHost(ReadOnlySpan<char> host, string subtree) => subtree.StartsWith('.')
        ? host.Length > subtree.Length && host.EndsWith(subtree, StringComparison.OrdinalIgnoreCase)
        : host.Equals(subtree, StringComparison.OrdinalIgnoreCase);

    private static bool IsAtOrBelow(ReadOnlySpan<char> host, ReadOnlySpan<char> subtree) => subtree.IsEmpty
        || (host.EndsWith(subtree, StringComparison.OrdinalIgnoreCase) && (host.Length == subtree.Length || host[host.Length - subtree.Length - 1] == '.'));

    /// <summary><c>*.example.org</c> stands for <c>secret.example.org</c> too.</summary>
    private static bool WildcardMeets(string name, string subtree) => name.StartsWith("*.", StringComparison.Ordinal)
        && subtree.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase) && subtree.AsSpan(0, subtree.Length - name.Length + 1).IndexOf('.') < 0;

    private static ReadOnlySpan<char> WithoutWildcard(string name) => name.AsSpan(name.StartsWith("*.", StringComparison.Ordinal) ? 2 : 0);

    private static bool ContainsAddress(ReadOnlySpan<byte> address, ReadOnlySpan<byte> subtree)
    {
        if (subtree.Length != address.Length * 2)
        {
            return false;
        }

        for (var i = 0; i < address.Length; i++)
        {
            if (((address[i] ^ subtree[i]) & subtree[address.Length + i]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>RFC 4632 §3.1: ones, then zeros.</summary>
    private static bool HasContiguousMask(ReadOnlySpan<byte> subtree)
    {
        if (subtree.Length is not (8 or 32))
        {
            return false;
        }

        var ended = false;
        foreach (var b in subtree[(subtree.Length / 2)..])
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                var isSet = ((b >> bit) & 1) != 0;
                if (isSet && ended)
                {
                    return false;
                }

                ended |= !isSet;
            }
        }

        return true;
    }

    private static bool SplitMail(string mail, out ReadOnlySpan<char> mailbox, out ReadOnlySpan<char> host)
    {
        var at = mail.LastIndexOf('@');
        mailbox = mail.AsSpan(0, Math.Max(0, at));
        host = mail.AsSpan(at + 1);
        return at > 0;
    }

    /// <summary>The host of a URI with an authority (RFC 3986 §3.2); §4.2.1.10 refuses URIs without one, and with an address in its place.</summary>
    private static bool TryGetHost(string uri, out ReadOnlySpan<char> host)
    {
        host = default;
        var scheme = uri.IndexOf(':', StringComparison.Ordinal);
        if (scheme <= 0 || !uri.AsSpan(scheme + 1).StartsWith("//"))
        {
            return false;
        }

        var authority = uri.AsSpan(scheme + 3);
        var end = authority.IndexOfAny('/', '?', '#');
        authority = end < 0 ? authority : authority[..end];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var port = authority.IndexOf(':');
        if (port >= 0 && authority[(port + 1)..].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        host = port < 0 ? authority : authority[..port];

        // A last label of digits is an address (RFC 1123 §2.1).
        return IsHost(host) && !char.IsAsciiDigit(host[(host.LastIndexOf('.') + 1)..][0]);
    }

    /// <summary>Letters, digits, hyphens and underscores in labels that are not empty; no dot at the end.</summary>
    private static bool IsHost(ReadOnlySpan<char> host)
    {
        var label = 0;
        foreach (var c in host)
        {
            if (c == '.' ? label == 0 : !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }

            label = c == '.' ? 0 : label + 1;
        }

        return label > 0;
    }
}
