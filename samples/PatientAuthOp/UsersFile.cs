using System.Text.Json;
using MedId.Core;
using MedId.Provider;

namespace MedId.Samples.PatientAuthOp;

/// <summary>Synthetic accounts: <c>id</c>, <c>login_hint</c>, <c>user_code</c>, <c>language</c>, <c>patients</c> (resource → FHIR Patient id).</summary>
internal static class UsersFile
{
    public static async Task<IReadOnlyList<Account>> ReadAsync(string file, AccountDigests digests, TimeProvider time)
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        return [.. document.RootElement.EnumerateArray().Select(user => Read(user, digests, time.GetUtcNow()))];
    }

    private static Account Read(JsonElement user, AccountDigests digests, DateTimeOffset at)
    {
        var id = user.GetProperty("id").GetString()!;
        return new()
        {
            Tenant = TenantId.Single,
            Id = id,
            HintDigests = user.TryGetProperty("login_hint", out var hint) ? [digests.OfHint(TenantId.Single, hint.GetString()!)] : [],
            UserCodeDigest = user.TryGetProperty("user_code", out var code) ? digests.OfUserCode(TenantId.Single, id, code.GetString()!) : null,
            Patients = user.GetProperty("patients").EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!, StringComparer.Ordinal),
            Language = user.TryGetProperty("language", out var language) ? language.GetString()! : "ja",
            ProofedAt = at,
        };
    }
}
