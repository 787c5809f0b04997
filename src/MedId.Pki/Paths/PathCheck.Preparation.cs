using MedId.Core;

namespace MedId.Pki;

/// <content>RFC 5280 §6.1.4: a CA, and what it says about those below it.</content>
internal sealed partial class PathCheck
{
    private PathRefusal? PrepareForNext(int index)
    {
        var certificate = _path[index];
        return MapPolicies(index, certificate.Extensions.PolicyMappings)
            ?? TakeKey(index, certificate)
            ?? TakeConstraints(index, certificate)
            ?? CheckAuthority(index, certificate)
            ?? _trace.Judge(Preparation + " (o)", "critical extensions", index, CriticalExtensions.Check(certificate, _policy, Preparation + " (o)"));
    }

    /// <summary>(a), (b)</summary>
    private PathRefusal? MapPolicies(int index, IReadOnlyList<PolicyMapping>? mappings)
    {
        if (mappings is null)
        {
            return null;
        }

        var mapsAny = mappings.Any(mapping => PolicyInformation.AnyPolicy.Equals(mapping.IssuerDomainPolicy, StringComparison.Ordinal)
            || PolicyInformation.AnyPolicy.Equals(mapping.SubjectDomainPolicy, StringComparison.Ordinal));
        var refusal = _trace.Judge(
            Preparation + " (a)", "policy mappings", index, mapsAny ? Error(PkiErrorCodes.PolicyMappingInvalid, ErrorCategory.Untrusted, Preparation + " (a)") : null);
        if (refusal is null)
        {
            _policies.Map(mappings, _policyMapping > 0);
        }

        return refusal;
    }

    /// <summary>(c) to (f): the working key. Its name was followed when the path was found.</summary>
    private PathRefusal? TakeKey(int index, Certificate certificate)
    {
        _workingKey = MedId.Pki.IssuerKeys.Inherits(certificate.SubjectPublicKeyInfo)
            ? MedId.Pki.IssuerKeys.ReadInheriting(certificate.SubjectPublicKeyInfo.Span, _workingKey!)
            : MedId.Pki.IssuerKeys.Read(certificate.SubjectPublicKeyInfo.Span);
        var error = _workingKey is null
            ? Error(PkiErrorCodes.KeyUnusable, ErrorCategory.Unsupported, Preparation + " (d)", "the key is malformed, or of a kind or size that is not used here")
            : null;
        return _trace.Judge(Preparation + " (d)", "public key", index, error);
    }

    /// <summary>(g) to (j)</summary>
    private PathRefusal? TakeConstraints(int index, Certificate certificate)
    {
        var extensions = certificate.Extensions;
        if (extensions.NameConstraints is { } names)
        {
            _names.Add(names.Permitted, names.Excluded);
            _trace.Note(Preparation + " (g)", "name constraints taken", index, PathStepResult.Passed);
        }

        // (h)
        if (!certificate.IsSelfIssued)
        {
            _explicitPolicy = Math.Max(0, _explicitPolicy - 1);
            _policyMapping = Math.Max(0, _policyMapping - 1);
            _inhibitAnyPolicy = Math.Max(0, _inhibitAnyPolicy - 1);
        }

        // (i), (j)
        _explicitPolicy = Math.Min(_explicitPolicy, extensions.PolicyConstraints?.RequireExplicitPolicy ?? _explicitPolicy);
        _policyMapping = Math.Min(_policyMapping, extensions.PolicyConstraints?.InhibitPolicyMapping ?? _policyMapping);
        _inhibitAnyPolicy = Math.Min(_inhibitAnyPolicy, extensions.InhibitAnyPolicy ?? _inhibitAnyPolicy);
        return null;
    }

    /// <summary>(k) to (n)</summary>
    private PathRefusal? CheckAuthority(int index, Certificate certificate)
    {
        // (k): nothing out of band makes a v1 or v2 certificate one of a CA.
        var constraints = certificate.Extensions.BasicConstraints;
        var refusal = _trace.Judge(
            Preparation + " (k)", "is a CA", index, constraints is { IsCa: true } ? null : Error(PkiErrorCodes.NotACa, ErrorCategory.Untrusted, Preparation + " (k)"));
        if (refusal is not null)
        {
            return refusal;
        }

        // (l)
        if (!certificate.IsSelfIssued)
        {
            refusal = _trace.Judge(
                Preparation + " (l)", "path length", index, _maxPathLength > 0 ? null : Error(PkiErrorCodes.PathLengthConstraint, ErrorCategory.Untrusted, Preparation + " (l)"));
            _maxPathLength--;
        }

        // (m)
        _maxPathLength = Math.Min(_maxPathLength, constraints!.PathLength ?? _maxPathLength);

        // (n)
        return refusal ?? _trace.Judge(
            Preparation + " (n)",
            "may sign certificates",
            index,
            MayNot(certificate.Extensions.KeyUsage, KeyUsages.KeyCertSign) ? Error(PkiErrorCodes.KeyUsage, ErrorCategory.Untrusted, Preparation + " (n)", "keyCertSign") : null);
    }
}
