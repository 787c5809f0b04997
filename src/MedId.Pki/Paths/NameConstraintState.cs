using MedId.Core;

namespace MedId.Pki;

/// <summary>permitted_subtrees and excluded_subtrees of RFC 5280 §6.1.2 (b), (c), and the check of §6.1.3 (b), (c).</summary>
/// <remarks>Sets of permitted subtrees are not intersected but kept side by side: a name has to lie in each. What that costs is counted and bounded.</remarks>
internal sealed class NameConstraintState
{
    /// <summary>The most comparisons of a name with a subtree in one path.</summary>
    public const int MaxComparisons = 250_000;

    private const string EmailAddress = "1.2.840.113549.1.9.1";
    private const string Section = "RFC 5280 §6.1.3 (b), (c)";

    private readonly List<IReadOnlyList<GeneralSubtree>> _permitted = [];
    private readonly List<IReadOnlyList<GeneralSubtree>> _excluded = [];

    /// <summary>Comparisons made so far.</summary>
    public int Comparisons { get; private set; }

    /// <summary>§6.1.1 (h), (i); §6.1.4 (g).</summary>
    public void Add(IReadOnlyList<GeneralSubtree> permitted, IReadOnlyList<GeneralSubtree> excluded)
    {
        if (permitted.Count > 0)
        {
            _permitted.Add(permitted);
        }

        if (excluded.Count > 0)
        {
            _excluded.Add(excluded);
        }
    }

    /// <summary>Null when every name of the certificate is where it may be.</summary>
    public MedIdError? Check(Certificate certificate)
    {
        if (_permitted.Count == 0 && _excluded.Count == 0)
        {
            return null;
        }

        if (!certificate.Subject.IsEmpty && Check(new GeneralName.DirectoryName(certificate.Subject)) is { } refusal)
        {
            return refusal;
        }

        var hasMail = false;
        foreach (var name in certificate.Extensions.SubjectAlternativeName ?? [])
        {
            hasMail |= name is GeneralName.Rfc822Name;
            if (Check(name) is { } error)
            {
                return error;
            }
        }

        // §4.2.1.10: a mail address in the subject counts where the alternative name has none.
        return hasMail ? null : CheckMailInSubject(certificate.Subject);
    }

    private MedIdError? CheckMailInSubject(DistinguishedName subject)
    {
        foreach (var rdn in subject.Rdns)
        {
            foreach (var attribute in rdn.Attributes)
            {
                if (string.Equals(attribute.Oid, EmailAddress, StringComparison.Ordinal) && Check(new GeneralName.Rfc822Name(attribute.Text ?? string.Empty)) is { } error)
                {
                    return error;
                }
            }
        }

        return null;
    }

    private MedIdError? Check(GeneralName name)
    {
        foreach (var subtrees in _permitted)
        {
            if (IsPermitted(name, subtrees, out var unsupported) is false)
            {
                return Comparisons > MaxComparisons ? TooMany() : unsupported ? Unsupported() : new(PkiErrorCodes.NameNotPermitted, ErrorCategory.Untrusted, Section, FormOf(name));
            }
        }

        foreach (var subtrees in _excluded)
        {
            if (IsExcluded(name, subtrees, out var unsupported))
            {
                return unsupported ? Unsupported() : new(PkiErrorCodes.NameExcluded, ErrorCategory.Untrusted, Section, FormOf(name));
            }
        }

        return Comparisons > MaxComparisons ? TooMany() : null;
    }

    /// <summary>Null when no subtree is of the name's form, so that nothing is said about it.</summary>
    private bool? IsPermitted(GeneralName name, IReadOnlyList<GeneralSubtree> subtrees, out bool unsupported)
    {
        bool? permitted = null;
        unsupported = false;
        foreach (var subtree in subtrees)
        {
            if (++Comparisons > MaxComparisons)
            {
                return permitted;
            }

            if (!NameSubtree.IsSameForm(name, subtree.Base))
            {
                continue;
            }

            if (!NameSubtree.CanBeProcessed(subtree))
            {
                unsupported = true;
                return false;
            }

            if (NameSubtree.IsComparable(name) && NameSubtree.Contains(name, subtree.Base, isExcluded: false))
            {
                return true;
            }

            permitted = false;
        }

        return permitted;
    }

    private bool IsExcluded(GeneralName name, IReadOnlyList<GeneralSubtree> subtrees, out bool unsupported)
    {
        unsupported = false;
        foreach (var subtree in subtrees)
        {
            if (++Comparisons > MaxComparisons)
            {
                return false;
            }

            if (!NameSubtree.IsSameForm(name, subtree.Base))
            {
                continue;
            }

            unsupported = !NameSubtree.CanBeProcessed(subtree);
            if (unsupported || !NameSubtree.IsComparable(name) || NameSubtree.Contains(name, subtree.Base, isExcluded: true))
            {
                return true;
            }
        }

        return false;
    }

    private static MedIdError TooMany() => new(PkiErrorCodes.PathLimit, ErrorCategory.Policy, Section, "more names and constraints than are compared");

    private static MedIdError Unsupported() =>
        new(PkiErrorCodes.NameConstraintUnsupported, ErrorCategory.Unsupported, "RFC 5280 §4.2.1.10", "a constraint on a form of name, or with bounds, that is not compared here");

    private static string FormOf(GeneralName name) => $"a name of the form {name.GetType().Name}";
}
