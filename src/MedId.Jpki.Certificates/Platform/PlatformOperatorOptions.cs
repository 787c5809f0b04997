namespace MedId.Jpki.Certificates;

/// <summary>How a platform operator is asked.</summary>
public sealed record PlatformOperatorOptions
{
    /// <summary>What we call the operator; in receipts.</summary>
    public required string Operator { get; init; }

    /// <summary>The legal standing; one that may use a platform.</summary>
    public required JpkiStanding Standing { get; init; }

    /// <summary>How it spells the contract.</summary>
    public PlatformDialect Dialect { get; init; } = PlatformDialect.VerifyV2;

    /// <summary>How it is to learn about revocation; OCSP by default, which is today's.</summary>
    public PlatformCheckMethod CheckMethod { get; init; } = PlatformCheckMethod.Ocsp;

    /// <summary>The oldest revocation information that counts; 26 hours by default, which a daily CRL meets.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(26);

    /// <summary>How far its clock may run ahead; five minutes by default.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The rules of standings.</summary>
    public JpkiStandingTable Standings { get; init; } = JpkiStandingTable.Default;
}
