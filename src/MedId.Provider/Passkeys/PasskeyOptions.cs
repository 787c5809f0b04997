using MedId.Fido2;

namespace MedId.Provider;

/// <summary>The choices of an OP whose patients may act by passkeys (FIDO2).</summary>
public sealed class PasskeyOptions
{
    /// <summary>The RP ID: the host of the OP's pages or a registrable suffix of it.</summary>
    public string RpId { get; set; } = string.Empty;

    /// <summary>The OP's name as browsers may show it.</summary>
    public string RpName { get; set; } = string.Empty;

    /// <summary>The origins that may ask for acts, compared exactly; native apps as <c>android:apk-key-hash:…</c>.</summary>
    public IList<string> Origins { get; } = [];

    /// <summary>Other origins that may use the RP ID (WebAuthn L3 §5.11): published at <c>/.well-known/webauthn</c> and accepted like <see cref="Origins"/>.</summary>
    public IList<string> RelatedOrigins { get; } = [];

    /// <summary>Which attestations are good enough. There is no default: whoever asks for none says so with <see cref="AttestationTrustPolicy.NotAsked"/>.</summary>
    public AttestationTrustPolicy? Attestation { get; set; }

    /// <summary>Which passkeys are accepted by their backup flags.</summary>
    /// <value><see cref="BackupPolicy.Any"/>: synced ones too, whose key then counts as one that can be exported.</value>
    public BackupPolicy Backup { get; set; } = BackupPolicy.Any;

    /// <summary>The COSE algorithms that are offered, in order of preference.</summary>
    public IReadOnlyList<long> Algorithms { get; set; } = CredentialParameters.Supported;

    /// <summary>All origins that may speak for the RP ID.</summary>
    internal IReadOnlyCollection<string> AllOrigins => [.. Origins, .. RelatedOrigins];

    /// <summary>Whether the client is asked for an attestation statement.</summary>
    internal string Conveyance => Attestation is { Anchors: null, Metadata: null } ? "none" : "direct";

    internal IEnumerable<(bool Holds, string Message)> Rules()
    {
        yield return (RpId.Length > 0 && Uri.CheckHostName(RpId) == UriHostNameType.Dns && !RpId.EndsWith('.'), "Passkeys: RpId has to be a host name.");
        yield return (RpName.Length > 0, "Passkeys: RpName is not set.");
        yield return (Origins.Count > 0, "Passkeys: Origins is empty: name the page or app that asks for acts.");
        yield return (Origins.All(IsOfRpId), "Passkeys: Origins are https://host[:port] of the RP ID (http for localhost only) or android:apk-key-hash:…; others are related origins.");
        yield return (RelatedOrigins.All(IsHttps), "Passkeys: RelatedOrigins are https://host[:port] in lower case, without path.");
        yield return (Attestation is not null, "Passkeys: Attestation is not set; a policy that asks for none is AttestationTrustPolicy.NotAsked.");
        yield return (Algorithms.Count > 0 && Algorithms.All(CredentialParameters.Supported.Contains), "Passkeys: Algorithms names none, or one that is not supported here.");
    }

    private static bool IsHttps(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.GetLeftPart(UriPartial.Authority) == origin && uri.UserInfo.Length == 0;

    private bool IsOfRpId(string origin)
    {
        if (origin.StartsWith("android:apk-key-hash:", StringComparison.Ordinal))
        {
            return true;
        }

        return Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == origin && uri.UserInfo.Length == 0
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.Host == "localhost"))
            && (uri.Host == RpId || uri.Host.EndsWith("." + RpId, StringComparison.Ordinal));
    }
}
