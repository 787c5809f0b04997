using MedId.Core;

namespace MedId.Fido.Metadata;

/// <summary>What is known of one model: its statement and what is reported of it. <c>MetadataBLOBPayloadEntry</c>, FIDO MDS 3.0 §3.1.1.</summary>
public sealed record MetadataEntry
{
    /// <summary><c>aaguid</c>: the FIDO2 model; null for the other families.</summary>
    public Guid? Aaguid { get; init; }

    /// <summary><c>aaid</c>: the UAF model in upper case; null for the other families.</summary>
    public string? Aaid { get; init; }

    /// <summary><c>attestationCertificateKeyIdentifiers</c>: lower hex; for U2F.</summary>
    public IReadOnlyList<string> AttestationCertificateKeyIdentifiers { get; init; } = [];

    /// <summary><c>metadataStatement</c>; null when there is none, or when it could not be read (<see cref="Problem"/>).</summary>
    public MetadataStatement? Statement { get; init; }

    /// <summary><c>statusReports</c>, oldest first. Empty for a statement of the operator's own.</summary>
    public IReadOnlyList<StatusReport> StatusReports { get; init; } = [];

    /// <summary><c>biometricStatusReports</c>.</summary>
    public IReadOnlyList<BiometricStatusReport> BiometricStatusReports { get; init; } = [];

    /// <summary><c>timeOfLastStatusChange</c>; null for a statement of the operator's own.</summary>
    public DateOnly? TimeOfLastStatusChange { get; init; }

    /// <summary><c>rogueListURL</c>: where the serial numbers of stolen keys are listed; null when there is no list.</summary>
    public string? RogueListUrl { get; init; }

    /// <summary><c>rogueListHash</c>; null when there is no list.</summary>
    public string? RogueListHash { get; init; }

    /// <summary>What of the entry could not be read; null when all could. <see cref="MetadataStatusPolicy"/> accepts no model with a problem.</summary>
    public MedIdError? Problem { get; init; }

    /// <summary>An entry for a statement that the operator brings, with nothing reported of it.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="statusReports">What the operator knows of the model; null for nothing.</param>
    public static MetadataEntry ForStatement(MetadataStatement statement, IReadOnlyList<StatusReport>? statusReports = null)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return new()
        {
            Aaguid = statement.Aaguid,
            Aaid = statement.Aaid,
            AttestationCertificateKeyIdentifiers = statement.AttestationCertificateKeyIdentifiers,
            Statement = statement,
            StatusReports = statusReports ?? [],
        };
    }

    /// <summary>Its name; never the statement.</summary>
    public override string ToString() => Aaguid?.ToString() ?? Aaid ?? string.Join(' ', AttestationCertificateKeyIdentifiers);
}
