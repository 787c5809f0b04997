namespace MedId.Testing;

/// <summary>The names of the virtual authenticators that a person of a <see cref="MedIdLab"/> can act with. What class each reaches is a result of its evidence.</summary>
public static class LabAuthenticators
{
    /// <summary>A UAF authenticator whose model says that keys are in hardware; taken where none is named.</summary>
    public const string Uaf = "uaf";

    /// <summary>A UAF authenticator whose model says that keys are in software.</summary>
    public const string UafSoftware = "uaf-software";

    /// <summary>A passkey that stays in its device; attestation is not asked.</summary>
    public const string Fido2 = "fido2";

    /// <summary>A passkey that is synced between devices.</summary>
    public const string Fido2Synced = "fido2-synced";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = [Uaf, UafSoftware, Fido2, Fido2Synced];

    internal static bool IsUaf(string name) => name is Uaf or UafSoftware;
}
