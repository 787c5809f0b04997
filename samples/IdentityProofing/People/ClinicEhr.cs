using MedId.Ciba.Client;
using MedId.Core;
using MedId.Cryptography;
using MedId.Hpki;
using MedId.OAuth;
using MedId.Pki;

namespace MedId.Samples.IdentityProofing;

/// <summary>The clinic's EHR (RP): asks by CIBA, with evidence that the doctor's HPKI card signed.</summary>
internal sealed class ClinicEhr : IDisposable
{
    public const string ClientId = "ehr-clinic-a";
    public const string Resource = "https://records.example/fhir";

    private readonly SampleWorld _world;
    private readonly string _issuer;
    private readonly CibaClient _client;
    private readonly ProcessingConsents _consents = new(ClientId, new InMemoryProcessingConsentStore(), []);

    public ClinicEhr(HttpClient http, string issuer, SampleWorld world)
    {
        _world = world;
        _issuer = issuer;
        _client = new(http, new CibaClientOptions
        {
            Issuer = issuer,
            Credential = new PrivateKeyJwtCredential(ClientId, world.EhrKey),
            RequestSigningKey = world.EhrKey,
            Http = new ProtocolHttpOptions { AllowHttpOnLoopback = true },
        });
    }

    public static IReadOnlyList<string> Scopes { get; } = ["patient/Patient.read", "patient/MedicationRequest.read"];

    /// <summary>Asks for the records of the person who stands at the reception and has typed their code.</summary>
    public async Task<MedIdResult<BackchannelAuthentication>> AskAsync(string loginHint, string userCode)
    {
        // The person has signed the clinic's own form at the reception; that is another consent than the one to provide.
        var hint = UserHint.LoginHint(loginHint);
        await _consents.TakeAsync(PaperForm(loginHint));
        var proof = await _consents.ProveAsync(loginHint, "TREAT", hint);
        return proof.Succeeded
            ? await _client.StartAsync(
                new BackchannelRequest
                {
                    Scopes = ["openid", .. Scopes],
                    AcrValues = [ProofingHost.CardClass],
                    Hint = hint,
                    UserCode = userCode,
                    Resource = Resource,
                    RequestedExpiry = TimeSpan.FromMinutes(2),
                    ActorToken = await EvidenceAsync(),
                },
                proof.Value)
            : proof.Error;
    }

    /// <summary>Polls until the person has decided.</summary>
    public Task<MedIdResult<CibaTokens>> WaitAsync(BackchannelAuthentication asked) => _client.WaitAsync(asked);

    public void Dispose() => _client.Dispose();

    private static ProcessingConsent PaperForm(string patient)
    {
        var digest = StrictBase64Url.Encode(new byte[32]);
        return new()
        {
            Id = string.Empty,
            ClientId = ClientId,
            Patient = patient,
            Purpose = "TREAT",
            Form = ProcessingConsentForm.Paper,
            NoticeVersion = "2026-11",
            NoticeDigest = digest,
            GivenAt = DateTimeOffset.UtcNow,
            ValidUntil = DateTimeOffset.UtcNow.AddDays(1),
            FormId = "sample-form-1",
            ScanDigest = digest,
            ClerkId = "sample-clerk",
        };
    }

    private async Task<string> EvidenceAsync()
    {
        _world.DoctorCard.EnterAuthenticationPin("LAB12345");
        return await HpkiPractitionerEvidenceSigner.SignAsync(
            _world.DoctorCard.OpenAuthenticationKey(),
            Certificate.Parse(_world.DoctorCard.AuthenticationCertificate.Der).Value!,
            new HpkiPractitionerStatement
            {
                Audience = _issuer,
                ClientId = ClientId,
                Organization = ProofingHost.Terminal.Institution,
                OrganizationId = ProofingHost.Terminal.InstitutionId,
                PurposeSystem = "http://terminology.hl7.org/CodeSystem/v3-ActReason",
                PurposeCode = "TREAT",
                PurposeDisplay = "treatment",
            },
            DateTimeOffset.UtcNow);
    }
}
