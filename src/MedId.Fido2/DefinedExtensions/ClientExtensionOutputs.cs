namespace MedId.Fido2;

/// <summary>What the client's extensions gave (WebAuthn L3 §9, §10.1); none of it is signed.</summary>
public sealed record ClientExtensionOutputs
{
    /// <summary>No output.</summary>
    public static ClientExtensionOutputs None { get; } = new();

    /// <summary>The identifiers of all outputs, in their order; those of unknown extensions too.</summary>
    public IReadOnlyList<string> Identifiers { get; init; } = [];

    /// <summary>Whether the client used the AppID (§10.1.1); null where it does not say.</summary>
    public bool? AppId { get; init; }

    /// <summary>Whether the client acted on appidExclude (§10.1.2); null where it does not say.</summary>
    public bool? AppIdExclude { get; init; }

    /// <summary>Whether the credential is discoverable (§10.1.3); null where the client does not know or say.</summary>
    public bool? ResidentKey { get; init; }

    /// <summary>The pseudo-random function (§10.1.4); null without output.</summary>
    public PrfOutput? Prf { get; init; }

    /// <summary>The large blob (§10.1.5); null without output.</summary>
    public LargeBlobOutput? LargeBlob { get; init; }
}
