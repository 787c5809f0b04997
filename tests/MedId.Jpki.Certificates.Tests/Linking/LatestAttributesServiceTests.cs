using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Jpki.Certificates.Tests.Linking;

public sealed class LatestAttributesServiceTests
{
    private readonly Scene _scene = new();
    private readonly ManualTimeProvider _time = new(Scene.Now);
    private readonly Source _source = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetLatestAsync_ConsentThatHolds_GivesTheNewAttributes()
    {
        var consent = Consent();
        await Service().RegisterConsentAsync(consent, Stop);
        var kept = AttributeConsent.Restore(consent.Account, consent.SubjectKey, consent.DocumentSha256, consent.GivenAt, consent.Until);
        var latest = (await Service().GetLatestAsync(kept, Stop)).Value!;

        Assert.Equal(("account-1", "大阪府試験市北町１－１", JpkiStanding.CertifiedVerifier), (latest.Account, latest.BasicFour.Address.Text, latest.Standing));
        Assert.Equal(_source.Answer!.Certificate.Key(Scene.Keys), latest.SubjectKey);
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(latest));
    }

    [Fact]
    public async Task GetLatestAsync_WithdrawnOrNeverRegistered_IsRefused()
    {
        var consent = Consent();
        Assert.Equal(JpkiErrorCodes.ConsentWithdrawn, (await Service().GetLatestAsync(consent, Stop)).Error?.Code);
        await Service().RegisterConsentAsync(consent, Stop);
        await Service().WithdrawConsentAsync(consent, Stop);

        Assert.Equal(JpkiErrorCodes.ConsentWithdrawn, (await Service().GetLatestAsync(consent, Stop)).Error?.Code);
        Assert.Equal(0, _source.Asked);
    }

    [Theory]
    [InlineData(-1, JpkiErrorCodes.ConsentNotInTime)]
    [InlineData(0, null)]
    [InlineData(364, null)]
    [InlineData(365, JpkiErrorCodes.ConsentNotInTime)]
    public async Task GetLatestAsync_TimeOfTheQuestion_HasToBeWithinTheConsent(int days, string? code)
    {
        var consent = Consent();
        await Service().RegisterConsentAsync(consent, Stop);
        _time.SetUtcNow(Scene.Now.AddDays(days));

        Assert.Equal(code, (await Service().GetLatestAsync(consent, Stop)).Error?.Code);
        Assert.Equal(code is null ? 1 : 0, _source.Asked);
    }

    [Fact]
    public async Task GetLatestAsync_NoNewCertificateYet_SaysSo()
    {
        var consent = Consent();
        await Service().RegisterConsentAsync(consent, Stop);
        _source.Answer = null;

        Assert.Equal(JpkiErrorCodes.AttributesNotAvailable, (await Service().GetLatestAsync(consent, Stop)).Error?.Code);
    }

    [Fact]
    public async Task GetLatestAsync_AnswerOfAnotherForm_IsRefused()
    {
        var consent = Consent();
        await Service().RegisterConsentAsync(consent, Stop);
        _source.Answer = Source.Make(gender: "男");
        Assert.Equal(JpkiErrorCodes.AttributeMalformed, (await Service().GetLatestAsync(consent, Stop)).Error?.Code);
        _source.Answer = Source.Make(kind: JpkiCertificateKind.Authenticate);
        Assert.Equal(JpkiErrorCodes.UseMismatch, (await Service().GetLatestAsync(consent, Stop)).Error?.Code);
    }

    [Fact]
    public async Task RegisterConsentAsync_NoStanding_IsRefused() =>
        Assert.Equal(JpkiErrorCodes.StandingMissing, (await Service(JpkiStanding.None).RegisterConsentAsync(Consent(), Stop)).Error?.Code);

    [Fact]
    public void From_EndBeforeTheBeginning_IsMisuse() => Assert.Throws<ArgumentException>(() => Consent(days: 0));

    private LatestAttributesService Service(JpkiStanding standing = JpkiStanding.CertifiedVerifier) => new(_source, standing, Scene.Keys, _time);

    private AttributeConsent Consent(int days = 365)
    {
        var card = _scene.World.IssueSigning();
        var text = Encoding.UTF8.GetBytes("最新の基本4情報の取得に同意します");
        var decision = new ApplicationFormVerifier(_scene.Policy(), new() { Required = FormAttributes.None }).Verify(
            new() { Format = FormSignatureFormat.Pkcs1, Document = text, Signature = card.Key.Sign(text), Certificate = Scene.Read(card), Read = _ => new ApplicationForm() }, _scene.Ocsp(card), Scene.Now);
        return AttributeConsent.From("account-1", decision.Evidence!, decision.Evidence!.Identity.SubjectKey(Scene.Keys), Scene.Now.AddDays(days));
    }

    private sealed class Source : ILatestAttributesSource
    {
        private readonly HashSet<string> _consents = [];

        public LatestAttributesAnswer? Answer { get; set; } = Make();

        public int Asked { get; private set; }

        public static LatestAttributesAnswer Make(string gender = "1", JpkiCertificateKind kind = JpkiCertificateKind.Sign) => new()
        {
            Name = "山田　太郎",
            NameFlags = "00000",
            Gender = gender,
            BirthDate = "419900401",
            Address = "大阪府試験市北町１－１",
            AddressFlags = new string('0', 11),
            Certificate = new(kind, JpkiCarrier.Card, JpkiHierarchy.Production, [9, 9]),
        };

        public Task RegisterConsentAsync(AttributeConsent consent, CancellationToken cancellationToken = default) => Task.FromResult(_consents.Add(consent.DocumentSha256));

        public Task<bool> HasConsentAsync(AttributeConsent consent, CancellationToken cancellationToken = default) => Task.FromResult(_consents.Contains(consent.DocumentSha256));

        public Task WithdrawConsentAsync(AttributeConsent consent, CancellationToken cancellationToken = default) => Task.FromResult(_consents.Remove(consent.DocumentSha256));

        public Task<LatestAttributesAnswer?> GetLatestAsync(AttributeConsent consent, CancellationToken cancellationToken = default)
        {
            Asked++;
            return Task.FromResult(Answer);
        }
    }
}
