using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Jpki.Certificates.Tests.Retention;

/// <summary>After many sign-ins, what was kept, and everything that telemetry saw, is searched byte by byte for what the standing may not keep.</summary>
public sealed class NothingStaysTests : IDisposable
{
    private const string Audience = "https://op.example";

    private readonly Scene _scene = new();
    private readonly ManualTimeProvider _time = new(Scene.Now);
    private readonly MemoryStream _sink = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();

    public NothingStaysTests()
    {
        _activities = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a => Write($"{a.DisplayName} {string.Join(' ', a.TagObjects)} {string.Join(' ', a.Events.Select(e => e.Name))}"),
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<long>((i, value, tags, _) => Write($"{i.Name} {value} {string.Join(' ', tags.ToArray())}"));
        _meters.Start();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_ServiceProviderThousandTimes_LeavesNothingOfTheCertificates()
    {
        var platform = new PlatformOperatorDouble(_scene.World, _time);
        var verifier = new PlatformOperatorVerifier(PlatformOperatorDouble.Configure(new HttpClient(platform, disposeHandler: false)), new() { Operator = "test-operator", Standing = JpkiStanding.ServiceProvider }, _time);
        var service = new JpkiSignInService(verifier, Scene.Keys, _time);
        var retention = new RetentionPolicy(JpkiStanding.ServiceProvider, new FieldCipher("clinic", FieldKey.Generate("k1")));
        var cards = Enumerable.Range(0, 10).Select(i => platform.Know(_scene.World.IssueAuthentication(), $"p{i}")).ToList();
        var forbidden = new List<byte[]>();
        for (var i = 0; i < 1_000; i++)
        {
            var card = cards[i % cards.Count];
            var challenge = JpkiSignInChallenge.Create(Audience, _time.GetUtcNow());
            var signature = card.Key.Sign(challenge.ToBytes());
            var decision = await service.VerifyAsync(challenge, Audience, signature, card.Der, cancellationToken: Stop);
            Keep(retention, decision.SignIn!.Identity, $"record-{i}");
            Write($"{decision} {decision.SignIn} {decision.SignIn.Identity} {decision.Certificate} {decision.Certificate!.Revocation.Action}");
            forbidden.Add(signature);
        }

        Assert.Equal(1_000, platform.Asked);
        Assert.True(_sink.Length > 100_000, "nothing was written, so nothing was shown");
        Search([.. cards.SelectMany(Traces), .. forbidden]);
    }

    [Fact]
    public async Task Form_ServiceProvider_LeavesNothingOfTheFormAndThePerson()
    {
        var platform = new PlatformOperatorDouble(_scene.World, _time);
        var verifier = new PlatformOperatorVerifier(PlatformOperatorDouble.Configure(new HttpClient(platform, disposeHandler: false)), new() { Operator = "test-operator", Standing = JpkiStanding.ServiceProvider }, _time);
        var retention = new RetentionPolicy(JpkiStanding.ServiceProvider, new FieldCipher("clinic", FieldKey.Generate("k1")));
        var card = platform.Know(_scene.World.IssueSigning(new() { Person = JpkiPerson.RareCharacters }), "p1");
        var document = Encoding.UTF8.GetBytes("𠮷田　花子 applies");
        var service = new ApplicationFormService(verifier, _time, new() { Required = FormAttributes.Name });
        var decision = await service.VerifyAsync(
            new() { Format = FormSignatureFormat.Pkcs1, Document = document, Signature = card.Key.Sign(document), Certificate = Scene.Read(card), Read = _ => new() { Name = "𠮷田　花子" } },
            Stop);

        Assert.Null(decision.Error);
        Keep(retention, decision.Evidence!.Identity, "record-1", decision.Evidence.DocumentSha256);
        Assert.Equal(JpkiErrorCodes.RetentionRefused, retention.Protect(RetentionItem.SignedDocument, "record-1", document).Error?.Code);
        Write(retention.Protect(RetentionItem.BasicFour, "record-1", Encoding.UTF8.GetBytes(decision.Evidence.Identity.BasicFour!.Name.Text)).Value!.Content.Span);
        Write($"{decision} {decision.Evidence} {decision.Comparison} {decision.Evidence.Identity.BasicFour}");
        Search([.. Traces(card), document, Encoding.UTF8.GetBytes("花子"), Encoding.UTF8.GetBytes("奈良県")]);
    }

    [Fact]
    public void SignIn_PlatformOperator_LeavesCertificatesEncryptedOnly()
    {
        var retention = new RetentionPolicy(JpkiStanding.PlatformOperator, new FieldCipher("operator", FieldKey.Generate("k1")));
        var policy = _scene.Policy(JpkiStanding.PlatformOperator);
        var verifier = new JpkiSignInVerifier(policy, Scene.Keys);
        var cards = Enumerable.Range(0, 10).Select(_ => _scene.World.IssueAuthentication()).ToList();
        var forbidden = new List<byte[]>();
        for (var i = 0; i < 50; i++)
        {
            var card = cards[i % cards.Count];
            var challenge = JpkiSignInChallenge.Create(Audience, Scene.Now);
            var ocsp = _scene.Ocsp(card);
            var decision = verifier.Verify(challenge, Audience, card.Key.Sign(challenge.ToBytes()), Scene.Read(card), ocsp, Scene.Now);
            var identity = decision.SignIn!.Identity;
            Keep(retention, identity, $"record-{i}");
            Write(identity.Retain(RetentionItem.Certificate, $"record-{i}", retention).Value!.Content.Span);
            Write(identity.Retain(RetentionItem.SerialNumber, $"record-{i}", retention).Value!.Content.Span);
            Write(retention.Protect(RetentionItem.OcspResponse, $"record-{i}", ocsp.OcspResponses[0].RawData.Span).Value!.Content.Span);
            forbidden.Add(ocsp.OcspResponses[0].RawData.ToArray());
        }

        Search([.. cards.SelectMany(Traces), .. forbidden]);
        Assert.Equal(cards[0].Der, retention.Open(RetentionItem.Certificate, "record-0", Retained(cards[0], retention)).Value);
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
        lock (_sink)
        {
            _sink.Dispose();
        }
    }

    private byte[] Retained(TestCertificate card, RetentionPolicy retention)
    {
        var decision = new JpkiVerifier(_scene.Policy(JpkiStanding.PlatformOperator)).Verify(Scene.Read(card), JpkiCertificateKind.Authenticate, _scene.Ocsp(card), Scene.Now);
        return decision.Evidence!.Retain(RetentionItem.Certificate, "record-0", retention).Value!.Content.ToArray();
    }

    // What an integrator's table holds: our own record, through the policy.
    private void Keep(RetentionPolicy retention, JpkiEvidence evidence, string id, string? document = null)
    {
        var record = evidence.ToRecord(id, Scene.Keys, document);
        var kept = retention.Protect(RetentionItem.VerificationRecord, id, record.ToJson());
        Write(kept.Value!.Content.Span);
        Assert.Equal(record, JpkiVerificationRecord.Parse(record.ToJson()).Value);
        Assert.Equal(VerificationOutcome.Accepted, record.Outcome);
    }

    // The bytes themselves, and the ways in which somebody writes them down.
    private static IEnumerable<byte[]> Traces(TestCertificate card)
    {
        byte[][] values = [card.Der, card.Der[..64], card.SerialNumber, Scene.Read(card).Signature.ToArray(), Convert.FromHexString(card.Sha256)];
        foreach (var value in values)
        {
            yield return value;
            yield return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(value));
            yield return Encoding.ASCII.GetBytes(Convert.ToHexString(value));
            yield return Encoding.ASCII.GetBytes(Convert.ToBase64String(value).TrimEnd('='));
            yield return Encoding.ASCII.GetBytes(StrictBase64Url.Encode(value));
        }

        yield return Encoding.ASCII.GetBytes(Scene.Read(card).Subject.Find("2.5.4.3")!);
    }

    private void Search(IReadOnlyCollection<byte[]> forbidden)
    {
        var kept = _sink.ToArray();
        Assert.All(forbidden, value => Assert.Equal(-1, kept.AsSpan().IndexOf(value)));
    }

    private void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    private void Write(ReadOnlySpan<byte> bytes)
    {
        // The runtime counts exceptions while it throws them: a measurement that comes after the end and throws in its turn ends the process.
        lock (_sink)
        {
            if (_sink.CanWrite)
            {
                _sink.Write(bytes);
            }
        }
    }
}
