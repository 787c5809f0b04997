using MedId.Core;

namespace MedId.Provider;

/// <content>Consents given beforehand.</content>
public sealed partial class ProviderOptions
{
    /// <summary>What people may agree to beforehand on their own device; null when the OP does not offer it.</summary>
    public StandingConsentOptions? StandingConsents { get; set; }

    /// <summary>One-time codes; null when the OP gives none.</summary>
    public OneTimeCodeOptions? OneTimeCodes { get; set; }

    /// <summary>Consent on paper and in words, taken at reception desks; null when the OP takes none.</summary>
    public ConsentDeskOptions? ConsentDesks { get; set; }

    /// <summary>Whether a class of the OP says that no device was asked, on this ground.</summary>
    internal bool HasClassFor(ConsentGroundKind kind) =>
        AcrTable is null || AcrTable.Rows.Any(row => row.Protocols.Contains(GroundProtocols.Of(kind), StringComparer.Ordinal));

    private IEnumerable<(bool Holds, string Message)> StandingRules() =>
        (StandingConsents?.Rules(this) ?? []).Concat(OneTimeCodes?.Rules(this) ?? []).Concat(ConsentDesks?.Rules(this) ?? []);
}
