using System.Security.Cryptography.X509Certificates;
using MedId.Ciba.Client;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Cli.Ciba;

/// <summary>One flow: a client, a scheduler with one request, and a listener where the OP notifies.</summary>
internal sealed class CibaFlow : IDisposable
{
    private const string Op = "op";

    private readonly CibaCall _call;
    private readonly IClientCredential _credential;

    // Beside a credential that is no certificate: the one that tokens are bound to (RFC 8705 §3).
    private readonly X509Certificate2? _bound;
    private readonly HttpClient _http;
    private readonly CibaClient _client;
    private readonly CibaScheduler _scheduler;
    private readonly NotificationListener? _listener;

    private CibaFlow(CibaCall call, PollCounter polls)
    {
        _call = call;
        var key = call.Key?.ToSigningKey();
        _credential = Credential(call, key);
        _bound = _credential is TlsClientCredential || call.Certificate is null ? null : Certificate(call);
        _http = new HttpClient(polls.Over(Handler(call, _credential as TlsClientCredential ?? (_bound is null ? null : new TlsClientCredential(call.ClientId, _bound)))));
        _client = new CibaClient(_http, new CibaClientOptions
        {
            Issuer = call.Issuer,
            Credential = _credential,
            Certificate = _bound,
            RequestSigningKey = call.SignRequest ? key ?? throw new NotSupportedException("signRequest without auth.keyJwk") : null,
            Profile = call.Profile,
            DeliveryMode = call.Mode,
            DpopKey = call.Dpop is { } algorithm ? DpopKey(algorithm) : null,
            Http = new ProtocolHttpOptions { AllowHttpOnLoopback = call.Profile == CibaClientProfile.CibaCore, Timeout = TimeSpan.FromSeconds(40) },
        });
        _scheduler = new CibaScheduler(new Dictionary<string, CibaClient>(StringComparer.Ordinal) { [Op] = _client }, new InMemoryCibaPendingStore(), new CibaSchedulerOptions { Jitter = 0, DrainTimeout = TimeSpan.FromSeconds(1) });
        _listener = call.NotificationPort is { } port ? NotificationListener.Open(port, (authorization, body) => _scheduler.ReceiveAsync(Op, authorization, body)) : null;
    }

    /// <summary>Everything that can be refused before something is sent is refused here; the listener is open when this returns.</summary>
    public static CibaFlow Open(CibaCall call, PollCounter polls) => new(call, polls);

    public async Task<MedIdResult<CibaTokens>> RunAsync(CancellationToken cancellationToken)
    {
        var request = _call.Request;
        if (_call.BindingMessage is { } text)
        {
            var message = BindingMessage.Parse(text);
            if (!message.Succeeded)
            {
                return message.Error;
            }

            request = request with { BindingMessage = message.Value };
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = _scheduler.RunAsync(ending.Token);
        try
        {
            var started = await _scheduler.StartAsync(Op, request, await ProveAsync(request.Hint, cancellationToken), reference: "medid ciba run", cancellationToken);
            return started.Succeeded ? (await _scheduler.WaitAsync(started.Value.Id, cancellationToken))!.Result : started.Error;
        }
        finally
        {
            await ending.CancelAsync();
            await running;
        }
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _client.Dispose();
        _http.Dispose();
        _bound?.Dispose();
    }

    /// <summary>The record that every relying party has before it asks; here about nobody.</summary>
    private async Task<ProcessingProof> ProveAsync(UserHint hint, CancellationToken cancellationToken)
    {
        var consents = new ProcessingConsents(_credential.ClientId, new InMemoryProcessingConsentStore(), []);
        var digest = StrictBase64Url.Encode(new byte[32]);
        await consents.TakeAsync(
            new ProcessingConsent
            {
                Id = "",
                ClientId = "",
                Patient = "synthetic",
                Purpose = "TREAT",
                Form = ProcessingConsentForm.Paper,
                NoticeVersion = "1",
                NoticeDigest = digest,
                GivenAt = default,
                ValidUntil = TimeProvider.System.GetUtcNow().AddDays(1),
                FormId = "synthetic",
                ScanDigest = digest,
                ClerkId = "synthetic",
            },
            cancellationToken);
        var proof = await consents.ProveAsync("synthetic", "TREAT", hint, cancellationToken);
        return proof.Value!;
    }

    private static IClientCredential Credential(CibaCall call, SigningKey? key)
    {
        try
        {
            return call.Method switch
            {
                "client_secret_basic" => new ClientSecretBasicCredential(call.ClientId, call.Secret!),
                "client_secret_post" => new ClientSecretPostCredential(call.ClientId, call.Secret!),
                "client_secret_jwt" => new ClientSecretJwtCredential(call.ClientId, call.Secret!),
                "private_key_jwt" => new PrivateKeyJwtCredential(call.ClientId, key!),
                "tls_client_auth" or "self_signed_tls_client_auth" => new TlsClientCredential(call.ClientId, Certificate(call)),
                _ => throw new NotSupportedException("the method " + call.Method),
            };
        }
        catch (ArgumentException e)
        {
            throw new NotSupportedException($"{call.Method} with what auth has: {e.Message}", e);
        }
    }

    private static X509Certificate2 Certificate(CibaCall call)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(call.Certificate ?? throw new NotSupportedException("a TLS method without auth.certificate"));
        using var key = (call.Key ?? throw new NotSupportedException("a TLS method without auth.keyJwk")).ToSigningKey() as LocalSigningKey ?? throw new NotSupportedException("a TLS key of this kind");
        using var handle = System.Security.Cryptography.ECDsa.Create();
        if (certificate.GetECDsaPublicKey() is not null)
        {
            handle.ImportPkcs8PrivateKey(key.ExportPkcs8(), out _);
            return certificate.CopyWithPrivateKey(handle);
        }

        using var rsa = System.Security.Cryptography.RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.ExportPkcs8(), out _);
        return certificate.CopyWithPrivateKey(rsa);
    }

    private static SigningKey DpopKey(string algorithm) => !SignatureAlgorithm.TryFromJose(algorithm, out var found) ? throw new NotSupportedException("DPoP by " + algorithm)
        : found == SignatureAlgorithm.Ed25519 ? OpenSslEd25519.Generate()
        : LocalSigningKey.Generate(found);

    private static SocketsHttpHandler Handler(CibaCall call, TlsClientCredential? tls)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        if (call.TrustAnchors.Count > 0)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(call.TrustAnchors.ToArray());
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return tls?.Configure(handler) ?? handler;
    }
}
