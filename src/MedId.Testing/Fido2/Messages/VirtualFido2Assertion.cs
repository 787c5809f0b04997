using System.Text.Json.Nodes;

namespace MedId.Testing;

/// <summary>What request options ask for, as a client understands them (WebAuthn Level 3 §5.1.4).</summary>
internal sealed record VirtualFido2Assertion
{
    public required string Challenge { get; init; }

    public required string RpId { get; init; }

    public required IReadOnlyList<string> Allowed { get; init; }

    public required JsonObject? Extensions { get; init; }

    public string? AppId => (string?)Extensions?["appid"];

    public static VirtualFido2Assertion Read(string json, VirtualFido2Client client, VirtualFido2Options options)
    {
        var members = VirtualFido2Text.Parse(json, nameof(json));
        if ((string?)members["userVerification"] == "required" && !options.UserVerified)
        {
            throw new InvalidOperationException("NotAllowedError: the user cannot be verified.");
        }

        return new()
        {
            Challenge = (string?)members["challenge"] ?? throw new ArgumentException("The options have no challenge.", nameof(json)),
            RpId = Scope((string?)members["rpId"], client),
            Allowed = [.. (members["allowCredentials"] as JsonArray ?? []).Select(credential => (string)credential!["id"]!)],
            Extensions = members["extensions"] as JsonObject,
        };
    }

    /// <summary>The RP ID: the host of the page when the options name none.</summary>
    public static string Scope(string? rpId, VirtualFido2Client client) => rpId
        ?? (Uri.TryCreate(client.Origin, UriKind.Absolute, out var origin) && origin.Host.Length > 0 ? origin.Host : throw new ArgumentException("The options name no RP ID.", nameof(rpId)));

    public VirtualFido2Credential Choose(List<VirtualFido2Credential> credentials, string? forced, Fido2Fault fault)
    {
        var fitting = forced is not null
            ? credentials.Find(credential => credential.Id == forced)
            : credentials.FindLast(credential => (credential.RpId == RpId || credential.RpId == AppId) && (Allowed.Count == 0 ? credential.IsResident : Allowed.Contains(credential.Id, StringComparer.Ordinal)));
        if (fitting is not null && fault == Fido2Fault.CredentialOfOtherAccount)
        {
            fitting = credentials.Find(credential => credential.RpId == fitting.RpId && credential.UserHandle != fitting.UserHandle);
        }

        return fitting ?? throw new InvalidOperationException("NotAllowedError: the authenticator holds no credential that the request accepts.");
    }
}
