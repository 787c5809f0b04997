using MedId.Ciba.Client;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Consumers.TestSupport;

/// <summary>A person who agreed on paper at the reception, so that tests of something else need not say it. Synthetic.</summary>
public static class TakenConsent
{
    /// <summary>The client of most tests.</summary>
    public const string ClientId = "ehr-clinic-a";

    /// <summary>The person, by the relying party's own identifier.</summary>
    public const string Patient = "chart-1";

    /// <summary>What for.</summary>
    public const string Purpose = "TREAT";

    /// <summary>A digest of nothing in particular.</summary>
    public static readonly string Digest = StrictBase64Url.Encode(new byte[32]);

    /// <summary>The record.</summary>
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

    /// <summary>Proves it for a request by a hint, at a desk that knows nothing else.</summary>
    public static Task<ProcessingProof> ProveAsync(UserHint hint, TimeProvider time, string clientId = ClientId) =>
        ProveAsync(new ProcessingConsents(clientId, new InMemoryProcessingConsentStore(), [], time), hint, time);

    /// <summary>Proves it at a desk.</summary>
    public static async Task<ProcessingProof> ProveAsync(ProcessingConsents consents, UserHint hint, TimeProvider time)
    {
        Assert.Null((await consents.TakeAsync(Paper(time.GetUtcNow()))).Error);
        return (await consents.ProveAsync(Patient, Purpose, hint)).Value!;
    }

    /// <summary>Starts with a proof for this very request.</summary>
    public static async Task<MedIdResult<BackchannelAuthentication>> StartTakenAsync(this CibaClient client, BackchannelRequest request, TimeProvider? time = null) =>
        await client.StartAsync(request, await ProveAsync(request.Hint, time ?? TimeProvider.System, client.ClientId));
}
