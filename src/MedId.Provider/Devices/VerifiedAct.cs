using MedId.Core;

namespace MedId.Provider;

/// <summary>A last act that a verifier has accepted, whichever device performed it: what consent and tokens say of it, and what the store compares.</summary>
internal sealed record VerifiedAct
{
    public required string Protocol { get; init; }

    public required string Model { get; init; }

    public required string KeyId { get; init; }

    public required string KeyIdDigest { get; init; }

    public string? PublicKey { get; init; }

    public int? PublicKeyFormat { get; init; }

    public required string SignedContent { get; init; }

    public required string Assertion { get; init; }

    public required AuthenticatorFacts Facts { get; init; }

    public required IReadOnlyList<string> Amr { get; init; }

    public long ExpectedCounter { get; init; }

    public long NextCounter { get; init; }

    public bool? BackedUp { get; init; }

    public ConsentTerminal? Terminal { get; init; }

    /// <summary>What the store compares and moves on with this act.</summary>
    public DeviceUse UseBy(string accountId) => new()
    {
        AccountId = accountId,
        Model = Model,
        KeyId = KeyId,
        ExpectedCounter = ExpectedCounter,
        NextCounter = NextCounter,
        BackedUp = BackedUp,
    };
}
