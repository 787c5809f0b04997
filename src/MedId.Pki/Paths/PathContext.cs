namespace MedId.Pki;

/// <summary>What one validation shares with the validations of CRL issuers and responders inside it: evidence, time, verified signatures, and what is being asked.</summary>
internal sealed class PathContext(PathEvidence evidence, PathPolicy policy, DateTimeOffset at)
{
    /// <summary>How deep signers of evidence may stand: the signer of a CRL about the signer of a CRL about a certificate.</summary>
    public const int MaxDepth = 3;

    private readonly List<Certificate> _asked = [];

    public PathEvidence Evidence => evidence;

    public DateTimeOffset At => at;

    public PathLinks Links { get; } = new(policy, at);

    /// <summary>Validates the certificate of a signer of evidence to one anchor; null when it is being asked about already, or stands too deep.</summary>
    public PathDecision? ValidateSigner(Certificate signer, TrustAnchor anchor, PathPolicy asked)
    {
        if (_asked.Count >= MaxDepth || _asked.Contains(signer))
        {
            return null;
        }

        _asked.Add(signer);
        try
        {
            return new PathSearch(this, ForSigners(asked), [anchor]).Run(signer);
        }
        finally
        {
            _asked.RemoveAt(_asked.Count - 1);
        }
    }

    /// <summary>What holds for whoever speaks about revocation: the algorithms, the lengths and the names, not the purposes and policies asked of the target.</summary>
    private static PathPolicy ForSigners(PathPolicy asked) => asked with
    {
        InitialPolicies = null,
        RequireExplicitPolicy = false,
        RequiredKeyUsage = KeyUsages.None,
        RequiredExtendedKeyUsages = [],
        Revocation = asked.Revocation.For(asked.Revocation.Scope == RevocationScope.Chain ? RevocationScope.Chain : RevocationScope.None),
        Explain = false,
    };
}
