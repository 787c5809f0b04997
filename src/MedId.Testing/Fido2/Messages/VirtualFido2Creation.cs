using System.Text.Json.Nodes;

namespace MedId.Testing;

/// <summary>What creation options ask for, as a client understands them (WebAuthn Level 3 §5.1.3).</summary>
internal sealed record VirtualFido2Creation
{
    private IReadOnlyList<int> _offered = [];
    private IReadOnlyList<int> _possible = [];

    public required string Challenge { get; init; }

    public required string RpId { get; init; }

    public required byte[] UserHandle { get; init; }

    public required bool IsResident { get; init; }

    public required bool IsEnterprise { get; init; }

    public required VirtualFido2Format Format { get; init; }

    public required IReadOnlyList<string> Excluded { get; init; }

    public required JsonObject? Extensions { get; init; }

    public static VirtualFido2Creation Read(string json, VirtualFido2Client client, VirtualFido2Options options)
    {
        var members = VirtualFido2Text.Parse(json, nameof(json));
        var selection = members["authenticatorSelection"] as JsonObject;
        if ((string?)selection?["userVerification"] == "required" && !options.UserVerified && !client.Conditional)
        {
            throw new InvalidOperationException("NotAllowedError: the user cannot be verified.");
        }

        var resident = (string?)selection?["residentKey"] ?? ((bool?)selection?["requireResidentKey"] == true ? "required" : "discouraged");
        if (resident == "required" && !options.HasResidentKeys)
        {
            throw new InvalidOperationException("NotAllowedError: no resident keys.");
        }

        var offered = (members["pubKeyCredParams"] as JsonArray ?? []).Select(parameter => (int)parameter!["alg"]!).ToList();
        var conveyance = (string?)members["attestation"] ?? "none";
        return new()
        {
            Challenge = (string?)members["challenge"] ?? throw new ArgumentException("The options have no challenge.", nameof(json)),
            RpId = VirtualFido2Assertion.Scope((string?)members["rp"]?["id"], client),
            UserHandle = VirtualFido2Text.Decode((string?)members["user"]?["id"] ?? throw new ArgumentException("The options have no user.id.", nameof(json))),
            IsResident = resident != "discouraged" && options.HasResidentKeys,
            IsEnterprise = conveyance == "enterprise",
            Format = conveyance == "none" ? VirtualFido2Format.None : options.Format,
            Excluded = [.. (members["excludeCredentials"] as JsonArray ?? []).Select(credential => (string)credential!["id"]!)],
            Extensions = members["extensions"] as JsonObject,
            _offered = offered.Count == 0 ? [-7, -257] : offered,
            _possible = options.Algorithms,
        };
    }

    public int Algorithm(Fido2Fault fault)
    {
        var chosen = fault == Fido2Fault.AlgorithmNotOffered ? _possible.Where(algorithm => !_offered.Contains(algorithm)) : _offered.Where(_possible.Contains);
        return chosen.Select(algorithm => (int?)algorithm).FirstOrDefault() ?? throw new InvalidOperationException("NotSupportedError: no algorithm in common.");
    }
}
