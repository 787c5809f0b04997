using MedId.Core;

namespace MedId.Provider;

/// <summary>The words by which an <see cref="AcrTable"/> names the grounds: the class of a token that no device was asked for.</summary>
public static class GroundProtocols
{
    /// <summary>The protocol word of a ground.</summary>
    /// <param name="kind">The ground.</param>
    /// <returns><c>pre-registered</c>, <c>one-time-code</c>, <c>paper</c>, <c>oral</c> or <c>break-glass</c>.</returns>
    public static string Of(ConsentGroundKind kind) => kind switch
    {
        ConsentGroundKind.PreRegistered => "pre-registered",
        ConsentGroundKind.OneTimeCode => "one-time-code",
        ConsentGroundKind.Paper => "paper",
        ConsentGroundKind.Oral => "oral",
        ConsentGroundKind.BreakGlass => "break-glass",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What is known of an authenticator where none acted: nothing.</summary>
    internal static AuthenticatorFacts NoFacts { get; } = new()
    {
        PublicKey = false,
        UserVerified = false,
        HardwareProtected = false,
        Exportable = true,
        ReplayResistant = false,
        PhishingResistant = false,
        Intent = false,
    };
}
