namespace MedId.Provider;

/// <content>Consent on paper and in words.</content>
public static partial class ProviderErrorCodes
{
    /// <summary>The client is no desk of this OP.</summary>
    public const string DeskUnknown = "provider.desk_unknown";

    /// <summary>Neither paper nor words: a posted notice and silence are no consent here.</summary>
    public const string DeskMethodRefused = "provider.desk_method_refused";

    /// <summary>The form's version or the SHA-256 of the scan is missing or malformed, or words claim a scan.</summary>
    public const string DeskEvidenceRefused = "provider.desk_evidence_refused";

    /// <summary>The clerk is missing, or words lack a second witness who is not the clerk.</summary>
    public const string DeskWitnessRefused = "provider.desk_witness_refused";

    /// <summary>The person's act is in the future, or longer ago than this OP allows.</summary>
    public const string DeskActOutside = "provider.desk_act_outside";
}
