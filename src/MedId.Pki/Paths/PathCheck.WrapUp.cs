using MedId.Core;

namespace MedId.Pki;

/// <content>RFC 5280 §6.1.5, and what the caller asks of the target.</content>
internal sealed partial class PathCheck
{
    private const string AnyExtendedKeyUsage = "2.5.29.37.0";

    private PathRefusal? Finish()
    {
        var target = _path[0];

        // (a), (b)
        _explicitPolicy = Math.Max(0, _explicitPolicy - 1);
        _explicitPolicy = target.Extensions.PolicyConstraints?.RequireExplicitPolicy is 0 ? 0 : _explicitPolicy;

        // (c) to (e): the key is the caller's to read.
        return _trace.Judge(WrapUp + " (f)", "critical extensions", 0, CriticalExtensions.Check(target, _policy, WrapUp + " (f)"))
            ?? JudgePolicies()
            ?? JudgeKeyUsage(target)
            ?? JudgeExtendedKeyUsage();
    }

    /// <summary>(g), as RFC 9618 §5.6 has it.</summary>
    private PathRefusal? JudgePolicies()
    {
        var authority = _policies.AuthorityConstrained();
        Policies = _policy.InitialPolicies is not { } initial || initial.Contains(PolicyInformation.AnyPolicy, StringComparer.Ordinal) ? authority
            : authority.Contains(PolicyInformation.AnyPolicy, StringComparer.Ordinal) ? [.. initial.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : [.. authority.Intersect(initial, StringComparer.Ordinal)];
        return _trace.Judge(
            WrapUp + " (g)",
            "acceptable policy",
            0,
            _explicitPolicy > 0 || Policies.Count > 0 ? null : Error(PkiErrorCodes.PolicyRequired, ErrorCategory.Policy, WrapUp + " (g)"),
            _explicitPolicy == 0);
    }

    /// <summary>§4.2.1.3: without the extension a key may be used for everything.</summary>
    private PathRefusal? JudgeKeyUsage(Certificate target)
    {
        var needed = _policy.RequiredKeyUsage;
        return _trace.Judge(
            "RFC 5280 §4.2.1.3",
            "key usage",
            0,
            MayNot(target.Extensions.KeyUsage, needed) ? Error(PkiErrorCodes.KeyUsage, ErrorCategory.Policy, "RFC 5280 §4.2.1.3", needed.ToString()) : null,
            needed != KeyUsages.None);
    }

    /// <summary>§4.2.1.12; of the CAs too where policy nests purposes.</summary>
    private PathRefusal? JudgeExtendedKeyUsage()
    {
        foreach (var needed in _policy.RequiredExtendedKeyUsages)
        {
            for (var index = 0; index < (_policy.NestExtendedKeyUsages ? _path.Count : 1); index++)
            {
                var isFor = _path[index].Extensions.ExtendedKeyUsage is not { } purposes || purposes.Contains(needed, StringComparer.Ordinal)
                    || ((_policy.AcceptAnyExtendedKeyUsage || index > 0) && purposes.Contains(AnyExtendedKeyUsage, StringComparer.Ordinal));
                var error = isFor ? null : Error(PkiErrorCodes.ExtendedKeyUsage, ErrorCategory.Policy, "RFC 5280 §4.2.1.12", needed);
                if (_trace.Judge("RFC 5280 §4.2.1.12", "extended key usage", index, error) is { } refusal)
                {
                    return refusal;
                }
            }
        }

        return null;
    }
}
