using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>RFC 5280 §6.1 for one path: the state of §6.1.2 and the steps of §6.1.3 to §6.1.5, in their order, without revocation, which is asked afterwards.</summary>
/// <remarks>Policies are processed as RFC 9618 updates it. The method of a step is named after its section.</remarks>
internal sealed partial class PathCheck
{
    private const string Initialization = "RFC 5280 §6.1.2";
    private const string Basic = "RFC 5280 §6.1.3";
    private const string Preparation = "RFC 5280 §6.1.4";
    private const string WrapUp = "RFC 5280 §6.1.5";

    private readonly IReadOnlyList<Certificate> _path;
    private readonly TrustAnchor _anchor;
    private readonly PathPolicy _policy;
    private readonly DateTimeOffset _at;
    private readonly PathLinks _links;
    private readonly PathTrace _trace;

    private readonly NameConstraintState _names = new();
    private readonly PolicyGraph _policies = new();
    private readonly PublicKey[] _issuerKeys;
    private PublicKey? _workingKey;
    private int _explicitPolicy;
    private int _inhibitAnyPolicy;
    private int _policyMapping;
    private int _maxPathLength;

    /// <summary>A check of a path, target first, whose every certificate names the next one, and the last one the anchor, as its issuer.</summary>
    public PathCheck(IReadOnlyList<Certificate> path, TrustAnchor anchor, PathPolicy policy, DateTimeOffset at, PathLinks links, PathTrace trace)
    {
        (_path, _anchor, _policy, _at, _links, _trace) = (path, anchor, policy, at, links, trace);
        _issuerKeys = new PublicKey[path.Count];
    }

    /// <summary>The key that signed each certificate; complete when the path was not refused.</summary>
    public IReadOnlyList<PublicKey> IssuerKeys => _issuerKeys;

    /// <summary>Whether a signature counts only by an exception of the policy.</summary>
    public bool UsedWeakAlgorithm { get; private set; }

    /// <summary>The user-constrained policy set (§6.1.6), after the path was not refused.</summary>
    public IReadOnlyList<string> Policies { get; private set; } = [];

    /// <summary>Null when everything but revocation holds.</summary>
    public PathRefusal? Run()
    {
        var refusal = Initialize();
        for (var i = _path.Count - 1; refusal is null && i >= 0; i--)
        {
            refusal = ProcessBasics(i) ?? (i > 0 ? PrepareForNext(i) : Finish());
        }

        return refusal;
    }

    /// <summary>§6.1.2, with the constraints of the anchor's certificate (RFC 5937 §3.2) where policy applies them.</summary>
    private PathRefusal? Initialize()
    {
        var n = _path.Count;
        _workingKey = _anchor.PublicKey;
        _explicitPolicy = _policy.RequireExplicitPolicy ? 0 : n + 1;
        _inhibitAnyPolicy = _policy.InhibitAnyPolicy ? 0 : n + 1;
        _policyMapping = _policy.InhibitPolicyMapping ? 0 : n + 1;
        _maxPathLength = n;
        _names.Add(_policy.PermittedSubtrees, _policy.ExcludedSubtrees);
        if (_anchor.Certificate is not { } certificate)
        {
            return null;
        }

        var isOutside = _policy.CheckAnchorValidity && !certificate.IsValidAt(_at);
        return _trace.Judge(Initialization, "anchor validity", n, isOutside ? Error(PkiErrorCodes.AnchorNotValid, ErrorCategory.State, "policy of the relying party") : null, _policy.CheckAnchorValidity)
            ?? (_policy.ApplyAnchorConstraints ? ApplyAnchorConstraints(certificate, n) : null);
    }

    private PathRefusal? ApplyAnchorConstraints(Certificate certificate, int n)
    {
        const string Section = "RFC 5937 §3.2";
        var extensions = certificate.Extensions;
        var refusal = _trace.Judge(Section, "anchor is a CA", n, extensions.BasicConstraints is { IsCa: false } ? Error(PkiErrorCodes.NotACa, ErrorCategory.Untrusted, Section) : null)
            ?? _trace.Judge(Section, "anchor may sign certificates", n, MayNot(extensions.KeyUsage, KeyUsages.KeyCertSign) ? Error(PkiErrorCodes.KeyUsage, ErrorCategory.Untrusted, Section) : null);
        _maxPathLength = Math.Min(_maxPathLength, extensions.BasicConstraints?.PathLength ?? _maxPathLength);
        if (extensions.NameConstraints is { } constraints)
        {
            _names.Add(constraints.Permitted, constraints.Excluded);
        }

        return refusal;
    }

    /// <summary>§6.1.3. That the certificate names its issuer, (a)(4), is how the path was found; (a)(3), revocation, is asked when all else holds.</summary>
    private PathRefusal? ProcessBasics(int index)
    {
        var certificate = _path[index];
        var isLast = index == 0;

        // (a)(1)
        if (_trace.Judge(Basic + " (a)(1)", "signature", index, _links.Verify(certificate, _workingKey)) is { } unsigned)
        {
            return unsigned;
        }

        _issuerKeys[index] = _workingKey!;
        UsedWeakAlgorithm |= _links.IsWeak(certificate, _workingKey!);

        // (a)(2)
        var (validity, section) = (Basic + " (a)(2)", Basic + " (a)(2)");
        var error = _at < certificate.NotBefore ? Error(PkiErrorCodes.NotYetValid, ErrorCategory.State, section)
            : _at > certificate.NotAfter ? Error(PkiErrorCodes.Expired, ErrorCategory.State, section) : null;
        if (_trace.Judge(validity, "validity", index, error) is { } outside)
        {
            return outside;
        }

        _trace.Note(Basic + " (a)(4)", "issuer name", index, PathStepResult.Passed);

        // (b), (c)
        var isChecked = isLast || !certificate.IsSelfIssued;
        if (_trace.Judge(Basic + " (b), (c)", "name constraints", index, isChecked ? _names.Check(certificate) : null, isChecked) is { } misnamed)
        {
            return misnamed;
        }

        // (d), (e)
        _policies.Descend(certificate.Extensions.CertificatePolicies, _inhibitAnyPolicy > 0 || (!isLast && certificate.IsSelfIssued));

        // (f)
        return _trace.Judge(
            Basic + " (f)", "valid policy", index, _explicitPolicy > 0 || !_policies.IsNull ? null : Error(PkiErrorCodes.PolicyRequired, ErrorCategory.Policy, Basic + " (f)"), _explicitPolicy == 0);
    }

    private static bool MayNot(KeyUsages? usage, KeyUsages needed) => usage is { } given && (given & needed) != needed;

    private static MedIdError Error(string code, ErrorCategory category, string section, string? detail = null) => new(code, category, section, detail);
}
