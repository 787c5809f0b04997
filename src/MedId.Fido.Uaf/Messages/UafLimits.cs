namespace MedId.Fido.Uaf;

/// <summary>Limits of messages: those of UAF 1.1 protocol §3.1 by name of its members, and ours where it has none.</summary>
internal static class UafLimits
{
    public const int AppId = 512;
    public const int FacetId = 512;
    public const int ServerData = 1536;
    public const int ChallengeMinimumBytes = 8;
    public const int ChallengeMaximumBytes = 64;
    public const int Username = 128;
    public const int ExtensionId = 32;
    public const int ExtensionDataBytes = 8192;
    public const int AssertionBytes = 4096;
    public const int TransactionText = 200;

    /// <summary>Ours: a whole message.</summary>
    public const int MessageBytes = 128 * 1024;

    /// <summary>Ours: fcParams, which may carry the DER of a TLS certificate.</summary>
    public const int FinalChallengeParamsCharacters = 16 * 1024;

    /// <summary>Ours: assertions in a response, versions, policy alternatives and other lists.</summary>
    public const int Assertions = 8;
    public const int ListItems = 256;
    public const int JsonDepth = 16;

    /// <summary>Ours: a PNG rendering of a transaction.</summary>
    public const int TransactionBytes = 64 * 1024;
}
