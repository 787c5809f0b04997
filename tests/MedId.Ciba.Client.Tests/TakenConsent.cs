using MedId.Core;
using MedId.Cryptography;

namespace MedId.Ciba.Client.Tests;

/// <summary>A person who agreed on paper at the reception, so that tests of something else need not say it. Synthetic.</summary>
internal static class TakenConsent
{
    public const string Patient = "chart-1";
    public const string Purpose = "TREAT";

    public static readonly string Digest = StrictBase64Url.Encode(new byte[32]);

    public static ProcessingConsent Paper(DateTimeOffset at) => new()
    {
        Id = string.Empty,
        ClientId = string.Empty,
        Patient = Patient,
        Purpose = Purpose,
        Form = ProcessingConsentForm.Paper,
        NoticeVersion = "1",
        NoticeDigest = Digest,
        GivenAt = at,
        ValidUntil = at.AddDays(365),
        FormId = "form-1",
        ScanDigest = Digest,
        ClerkId = "synthetic-clerk",
    };

    public static async Task<ProcessingProof> ProveAsync(UserHint hint, TimeProvider time, string clientId = CibaFixture.ClientId)
    {
        var consents = new ProcessingConsents(clientId, new InMemoryProcessingConsentStore(), [], time);
        Assert.True((await consents.TakeAsync(Paper(time.GetUtcNow()))).Succeeded);
        return (await consents.ProveAsync(Patient, Purpose, hint)).Value!;
    }

    /// <summary>Starts with a proof for this very request.</summary>
    public static async Task<MedIdResult<BackchannelAuthentication>> StartTakenAsync(this CibaClient client, BackchannelRequest request, TimeProvider? time = null) =>
        await client.StartAsync(request, await ProveAsync(request.Hint, time ?? TimeProvider.System, client.ClientId));
}
