using System.Text.Json;

namespace MedId.Fido.Uaf;

/// <summary>What one authenticator answered: <c>AuthenticatorRegistrationAssertion</c> or <c>AuthenticatorSignAssertion</c>. UAF 1.1 protocol §3.4, 3.5.</summary>
public sealed record UafAssertion
{
    /// <summary><c>assertionScheme</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary><c>assertion</c>: 1 to 4096 bytes of TLV, not yet looked into.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary><c>tcDisplayPNGCharacteristics</c>, in registrations of authenticators that show pictures.</summary>
    public IReadOnlyList<PngCharacteristics> PngCharacteristics { get; init; } = [];

    /// <summary><c>exts</c>. Not signed.</summary>
    public IReadOnlyList<UafExtension> Extensions { get; init; } = [];

    internal static UafAssertion Read(JsonElement element, UafJsonProblems problems, Tolerance tolerance)
    {
        var members = new UafJsonObject(element, "assertions", problems);
        return new UafAssertion
        {
            Scheme = members.Text("assertionScheme", 1, 64),
            Content = members.Bytes("assertion", 1, UafLimits.AssertionBytes, tolerance),
            PngCharacteristics = members.List("tcDisplayPNGCharacteristics", Uaf.PngCharacteristics.Read),
            Extensions = members.List("exts", UafJson.ReadExtension),
        };
    }
}
