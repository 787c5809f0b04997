using System.Reflection;
using MedId.Consumers.TestSupport;
using MedId.TestSupport;

namespace MedId.Ciba.Client.Tests;

/// <summary>Row A16: nothing is asked for without a consent to process, and its end ends what runs.</summary>
public sealed class ProcessingConsentTests : IDisposable
{
    private static readonly UserHint Hint = UserHint.LoginHint("insured-12345678");

    private readonly CibaFixture _f = new();
    private readonly InMemoryProcessingConsentStore _store = new();
    private readonly Running _running = new();

    private ProcessingConsents Consents => new(CibaFixture.ClientId, _store, [_running], _f.Op.Time);

    private DateTimeOffset Now => _f.Op.Time.GetUtcNow();

    public void Dispose() => _f.Dispose();

    [Fact]
    public void StartAsync_NoOverload_ForgetsTheProof() => Assert.All(
        typeof(CibaClient).GetMethods().Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(BackchannelRequest))),
        method => Assert.Contains(method.GetParameters(), parameter => parameter.ParameterType == typeof(ProcessingProof) && !parameter.HasDefaultValue));

    [Fact]
    public void ProcessingProof_IsMadeByTheVerifierOnly() => Assert.Empty(typeof(ProcessingProof).GetConstructors(BindingFlags.Public | BindingFlags.Instance));

    [Fact]
    public async Task ProveAsync_NoRecordOfThisPersonPurposeAndClient_IsRefused()
    {
        Assert.Equal(CibaClientErrorCodes.ProcessingConsentMissing, await RefusalAsync());
        await Consents.TakeAsync(TakenConsent.Paper(Now));
        Assert.Null(await RefusalAsync());
        Assert.Equal(CibaClientErrorCodes.ProcessingConsentMissing, await RefusalAsync(patient: "chart-2"));
        Assert.Equal(CibaClientErrorCodes.ProcessingConsentMissing, await RefusalAsync(purpose: "HRESCH"));
        var other = new ProcessingConsents("ehr-clinic-b", _store, [], _f.Op.Time);
        Assert.Equal(CibaClientErrorCodes.ProcessingConsentMissing, (await other.ProveAsync(TakenConsent.Patient, TakenConsent.Purpose, Hint)).Error!.Code);
    }

    [Fact]
    public async Task ProveAsync_AtItsEnd_IsRefused()
    {
        await Consents.TakeAsync(TakenConsent.Paper(Now) with { ValidUntil = Now.AddHours(1) });
        _f.Op.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Null(await RefusalAsync());
        _f.Op.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(CibaClientErrorCodes.ProcessingConsentExpired, await RefusalAsync());
    }

    [Fact]
    public async Task StartAsync_ProofOfAnotherRequestClientOrMinute_SendsNothing()
    {
        var right = await TakenConsent.ProveAsync(_f.Request.Hint, _f.Op.Time);
        foreach (var (proof, wait) in new[]
        {
            (await TakenConsent.ProveAsync(UserHint.LoginHint("somebody-else"), _f.Op.Time), TimeSpan.Zero),
            (await TakenConsent.ProveAsync(_f.Request.Hint, _f.Op.Time, "ehr-clinic-b"), TimeSpan.Zero),
            (right, ProcessingProof.Lifetime),
        })
        {
            _f.Op.Time.Advance(wait);
            Assert.Equal(CibaClientErrorCodes.ProcessingProofMismatch, (await _f.Client.StartAsync(_f.Request, proof)).Error!.Code);
        }

        Assert.Empty(_f.Op.Requests);
        Assert.True((await _f.Client.StartTakenAsync(_f.Request, _f.Op.Time)).Succeeded);
    }

    [Fact]
    public async Task WithdrawAsync_EndsStartingAndGivesUpWhatRuns()
    {
        var taken = (await Consents.TakeAsync(TakenConsent.Paper(Now))).Value!;
        await Consents.TakeAsync(TakenConsent.Paper(Now) with { Purpose = "HRESCH" });
        Assert.True(await Consents.StandsAsync(taken));

        Assert.Equal(1, await Consents.WithdrawAsync(TakenConsent.Patient, TakenConsent.Purpose));

        Assert.Equal([taken with { WithdrawnAt = Now }], _running.GivenUp);
        Assert.False(await Consents.StandsAsync(taken));
        Assert.Equal(CibaClientErrorCodes.ProcessingConsentWithdrawn, await RefusalAsync());
        Assert.Null(await RefusalAsync(purpose: "HRESCH"));
        Assert.Equal(0, await Consents.WithdrawAsync(TakenConsent.Patient, TakenConsent.Purpose));
        Assert.Single(_running.GivenUp);

        // Agreed again: a record of its own.
        _f.Op.Time.Advance(TimeSpan.FromMinutes(1));
        await Consents.TakeAsync(TakenConsent.Paper(Now));
        Assert.Null(await RefusalAsync());
    }

    [Fact]
    public async Task WithdrawAsync_OneThatCannotBeGivenUp_KeepsNeitherTheOthersNorTheConsent()
    {
        var consents = new ProcessingConsents(CibaFixture.ClientId, _store, [new Broken(), _running], _f.Op.Time);
        await consents.TakeAsync(TakenConsent.Paper(Now));

        await Assert.ThrowsAsync<AggregateException>(async () => await consents.WithdrawAsync(TakenConsent.Patient, TakenConsent.Purpose));

        Assert.Single(_running.GivenUp);
        Assert.Equal(CibaClientErrorCodes.ProcessingConsentWithdrawn, await RefusalAsync());
    }

    public static TheoryData<Func<ProcessingConsent, ProcessingConsent>> Incomplete => new()
    {
        one => one with { Patient = "" },
        one => one with { Purpose = "" },
        one => one with { ClientId = "ehr-clinic-b" },
        one => one with { NoticeVersion = "" },
        one => one with { NoticeDigest = "abc" },
        one => one with { FormId = null },
        one => one with { ClerkId = null },
        one => one with { ScanDigest = null },
        one => one with { ScanDigest = "abc" },
        one => one with { ValidUntil = one.GivenAt },
        one => one with { ValidUntil = DateTimeOffset.MaxValue },
        one => one with { GivenAt = one.GivenAt.AddTicks(1) },
        one => one with { Form = ProcessingConsentForm.Electronic },
        one => one with { Form = ProcessingConsentForm.Electronic, Act = "screen", ActEvidence = "abc" },
    };

    [Theory]
    [MemberData(nameof(Incomplete))]
    public async Task TakeAsync_RecordThatLacksWhatItsFormNeeds_IsRefused(Func<ProcessingConsent, ProcessingConsent> change)
    {
        Assert.Equal(CibaClientErrorCodes.ProcessingConsentIncomplete, (await Consents.TakeAsync(change(TakenConsent.Paper(Now)))).Error!.Code);
        Assert.Empty(await _store.ListAsync(CibaFixture.ClientId, TakenConsent.Patient));
    }

    [Fact]
    public async Task TakeAsync_Electronic_KeepsTheActAndItsEvidence()
    {
        var taken = await Consents.TakeAsync(TakenConsent.Paper(Now) with
        {
            Form = ProcessingConsentForm.Electronic,
            FormId = null,
            ScanDigest = null,
            ClerkId = null,
            Act = "oidc-sign-in",
            ActEvidence = TakenConsent.Digest,
        });
        Assert.Equal(("oidc-sign-in", TakenConsent.Digest), (taken.Value!.Act, taken.Value.ActEvidence));
        Assert.Null(await RefusalAsync());
    }

    private async Task<string?> RefusalAsync(string patient = TakenConsent.Patient, string purpose = TakenConsent.Purpose) => (await Consents.ProveAsync(patient, purpose, Hint)).Error?.Code;

    private sealed class Running : IRunningAccesses
    {
        public List<ProcessingConsent> GivenUp { get; } = [];

        public ValueTask GiveUpAsync(ProcessingConsent ended, CancellationToken cancellationToken = default)
        {
            GivenUp.Add(ended);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Broken : IRunningAccesses
    {
        public ValueTask GiveUpAsync(ProcessingConsent ended, CancellationToken cancellationToken = default) => throw new HttpRequestException("the OP does not answer");
    }
}
