using MedId.Core;

namespace MedId.Fido2;

/// <summary>The document <c>https://RP-ID/.well-known/webauthn</c> (WebAuthn L3 §5.11): which other origins may use the RP ID.</summary>
/// <remarks>The client checks it; the relying party serves it and accepts the same origins in <see cref="CeremonyExpectations.Origins"/>.</remarks>
public sealed record RelatedOriginsDocument
{
    /// <summary>Where it is served.</summary>
    public const string Path = "/.well-known/webauthn";

    /// <summary>As what it is served.</summary>
    public const string ContentType = "application/json";

    /// <summary>How many registrable labels every client supports; entries of further labels may be passed over.</summary>
    public const int LabelsEveryClientSupports = 5;

    /// <summary>The origins, <c>https</c> each.</summary>
    public required IReadOnlyList<string> Origins { get; init; }

    /// <summary>Reads a document.</summary>
    /// <param name="json">The JSON object.</param>
    public static MedIdResult<RelatedOriginsDocument> Parse(string json) => throw new NotSupportedException();

    /// <summary>Writes the document.</summary>
    public string ToJson() => throw new NotSupportedException();
}
