using System.Text.Json;

namespace MedId.Fido2;

/// <summary>The input of <c>prf</c> (WebAuthn L3 §10.1.4).</summary>
public sealed record PrfInput
{
    /// <summary>Values for every credential; null without.</summary>
    public PrfValues? Eval { get; init; }

    /// <summary>Values by credential id in base64url, at authentication with allowCredentials only; null without.</summary>
    public IReadOnlyDictionary<string, PrfValues>? EvalByCredential { get; init; }

    /// <summary>Members that this library does not know, kept as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = OtherMembers.None;

    /// <summary>Nothing of the values.</summary>
    public override string ToString() => nameof(PrfInput);
}
