using System.Net;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using X509 = MedId.Pki.Certificate;

namespace MedId.Cli.Frame;

/// <summary>Certificates, anchors and evidence out of an input. What is to be judged and cannot be read is refused; evidence that cannot be read is left out and listed.</summary>
internal sealed class PkiInput(CallInput input)
{
    private readonly List<(string Member, MedIdError Error)> _unread = [];

    /// <summary>The first thing that has to be there and could not be read.</summary>
    public MedIdError? Error { get; private set; }

    public Certificate? Certificate(string name) => Needed(X509.Parse(input.Binary(name)));

    public IReadOnlyList<Certificate> Certificates(string name) => All(name, der => X509.Parse(der));

    public IReadOnlyList<CertificateRevocationList> Crls(string name) => All(name, der => CertificateRevocationList.Parse(der));

    public IReadOnlyList<OcspResponse> OcspResponses(string name) => All(name, der => OcspResponse.Parse(der));

    /// <summary>Why the first item of a list that could not be read could not.</summary>
    public MedIdError? Unread(string name) => _unread.Find(u => u.Member.StartsWith(name + "[", StringComparison.Ordinal)).Error;

    public PathEvidence Evidence(string? intermediates = "intermediates") => new()
    {
        Certificates = intermediates is null ? [] : Certificates(intermediates),
        Crls = Crls("crls"),
        OcspResponses = OcspResponses("ocspResponses"),
    };

    /// <summary>Anchors as certificates, or as a name (RFC 4514, or DER) and a key (SubjectPublicKeyInfo).</summary>
    public IReadOnlyList<TrustAnchor> Anchors(string name)
    {
        var anchors = new List<TrustAnchor>();
        foreach (var (text, inner) in input.OptionalMixed(name) ?? [])
        {
            if (text is not null && Needed(X509.Parse(input.Binary(text, name))) is { } certificate)
            {
                anchors.Add(TrustAnchor.FromCertificate(certificate));
            }
            else if (inner is not null)
            {
                var subject = Needed(Name(inner, "name"));
                var key = Needed(PublicKey.FromSubjectPublicKeyInfo(inner.Binary("publicKey"), PublicKey.MinimumLegacyRsaBits));
                if (subject is not null && key is not null)
                {
                    anchors.Add(TrustAnchor.FromNameAndKey(subject, key));
                }
            }
        }

        return anchors;
    }

    public static RevocationRequirement? Revocation(CallInput? revocation)
    {
        if (revocation is null)
        {
            return null;
        }

        var require = revocation.Text("require") switch
        {
            "none" => RevocationRequirement.NotRequired,
            "leaf" => RevocationRequirement.Leaf,
            "chain" => RevocationRequirement.Chain,
            _ => throw revocation.Value("require", "one of none, leaf, chain"),
        };
        return require with { MaxAge = revocation.OptionalSeconds("maxAgeSeconds") };
    }

    public IReadOnlyList<GeneralSubtree> Subtrees(string name) => [.. (input.OptionalObjects(name) ?? []).Select(Subtree).OfType<GeneralSubtree>()];

    public KeyUsages KeyUsage(string name)
    {
        var usages = KeyUsages.None;
        foreach (var text in input.OptionalTexts(name) ?? [])
        {
            usages |= text switch
            {
                "digitalSignature" => KeyUsages.DigitalSignature,
                "nonRepudiation" or "contentCommitment" => KeyUsages.NonRepudiation,
                "keyEncipherment" => KeyUsages.KeyEncipherment,
                "dataEncipherment" => KeyUsages.DataEncipherment,
                "keyAgreement" => KeyUsages.KeyAgreement,
                "keyCertSign" => KeyUsages.KeyCertSign,
                "cRLSign" => KeyUsages.CrlSign,
                "encipherOnly" => KeyUsages.EncipherOnly,
                "decipherOnly" => KeyUsages.DecipherOnly,
                _ => throw input.Value(name, "names of RFC 5280 §4.2.1.3, as digitalSignature"),
            };
        }

        return usages;
    }

    public IReadOnlyList<string> ExtendedKeyUsages(string name) => [.. (input.OptionalTexts(name) ?? []).Select(text => text switch
    {
        "serverAuth" => "1.3.6.1.5.5.7.3.1",
        "clientAuth" => "1.3.6.1.5.5.7.3.2",
        "codeSigning" => "1.3.6.1.5.5.7.3.3",
        "emailProtection" => "1.3.6.1.5.5.7.3.4",
        "timeStamping" => "1.3.6.1.5.5.7.3.8",
        "OCSPSigning" => "1.3.6.1.5.5.7.3.9",
        _ when text.Length > 0 && char.IsAsciiDigit(text[0]) => text,
        _ => throw input.Value(name, "OIDs, or names of RFC 5280 §4.2.1.12"),
    })];

    public void WriteUnread(Utf8JsonWriter writer)
    {
        if (_unread.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("unread");
        foreach (var (member, error) in _unread)
        {
            writer.WriteStartObject();
            writer.WriteString("member", member);
            writer.WriteString("code", error.Code);
            writer.WriteString("section", error.Section);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static MedIdResult<DistinguishedName> Name(CallInput inner, string name) =>
        inner.Text(name) is var text && text.Contains('=', StringComparison.Ordinal) ? DistinguishedName.ParseRfc4514(text) : DistinguishedName.Parse(inner.Binary(text, name));

    private static byte[]? Address(string value)
    {
        var parts = value.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        var bits = bytes.Length * 8;
        if (parts.Length == 2 && (!int.TryParse(parts[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out bits) || bits > bytes.Length * 8))
        {
            return null;
        }

        return [.. bytes, .. bytes.Select((_, i) => (byte)(0xFF00 >> Math.Clamp(bits - (8 * i), 0, 8)))];
    }

    private GeneralSubtree? Subtree(CallInput subtree)
    {
        var (type, value) = (subtree.Text("type"), subtree.Text("value"));
        GeneralName? name = type switch
        {
            "dns" => new GeneralName.DnsName(value),
            "email" => new GeneralName.Rfc822Name(value),
            "uri" => new GeneralName.UniformResourceIdentifier(value),
            "ip" => new GeneralName.IpAddress(Address(value) ?? throw subtree.Value("value", "an address range, as 192.0.2.0/24")),
            "directoryName" => Needed(Name(subtree, "value")) is { } directory ? new GeneralName.DirectoryName(directory) : null,
            _ => throw subtree.Value("type", "one of dns, email, uri, ip, directoryName"),
        };
        return name is null ? null : new GeneralSubtree(name);
    }

    private T? Needed<T>(MedIdResult<T> result)
        where T : class
    {
        Error ??= result.Error;
        return result.Value;
    }

    private List<T> All<T>(string name, Func<ReadOnlyMemory<byte>, MedIdResult<T>> read)
        where T : class
    {
        var all = new List<T>();
        foreach (var (index, der) in (input.OptionalBinaries(name) ?? []).Index())
        {
            var result = read(der);
            if (result.Succeeded)
            {
                all.Add(result.Value);
            }
            else
            {
                _unread.Add(($"{name}[{index}]", result.Error));
            }
        }

        return all;
    }
}
