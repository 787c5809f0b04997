using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>The contract answered by a platform operator: what a service provider uses (mission row B7).</summary>
/// <remarks>
/// The certificate goes out once and is not kept. Of the answer only the receipt, the revocation's status and the attributes stay, in types that are not serialised.
/// An answer of the 5xx kind, 401, 403, 408, 429, redirects and broken connections are infrastructure: their <see cref="HttpRequestException"/> passes.
/// </remarks>
public sealed class PlatformOperatorVerifier : IJpkiIdentityVerifier, IJpkiLivenessService
{
    private const int MaxAnswerBytes = 64 * 1024;

    private readonly HttpClient _http;
    private readonly PlatformOperatorOptions _options;
    private readonly PlatformJudge _judge;
    private readonly TimeProvider _time;
    private readonly MedIdError? _noRight;

    /// <summary>A verifier; one for the deployment.</summary>
    /// <param name="http">The caller's client: base address (https, or http to the loopback), the operator's credentials, no redirects, time limit.</param>
    /// <param name="options">How the operator is asked.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">No base address, or one in the clear.</exception>
    public PlatformOperatorVerifier(HttpClient http, PlatformOperatorOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (http.BaseAddress is not { } address || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            throw new ArgumentException("The operator is asked over https.", nameof(http));
        }

        (_http, _options, _time) = (http, options, time);
        _judge = new(options);
        _noRight = options.Standings.Find(options.Standing) switch
        {
            null => new(JpkiErrorCodes.StandingMissing, ErrorCategory.Policy, JpkiSections.Standing),
            { MayUsePlatform: false } rule => new(JpkiErrorCodes.StandingWithoutPlatform, ErrorCategory.Policy, rule.Article, rule.Name),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public JpkiStanding Standing => _options.Standing;

    /// <inheritdoc/>
    public async Task<JpkiDecision> VerifyAsync(JpkiIdentityRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_noRight is not null)
        {
            return JpkiDecision.Of(Standing, _noRight);
        }

        var digest = request.EffectiveHash;
        if (!_options.Dialect.Hashes.TryGetValue(digest.Hash.Name!, out var hash))
        {
            return JpkiDecision.Of(Standing, new(JpkiErrorCodes.HashNotAccepted, ErrorCategory.Policy, JpkiSections.Platform, digest.ToString()));
        }

        var (answer, problem) = await AskAsync(_options.Dialect.VerifyPath, Write, cancellationToken).ConfigureAwait(false);
        return problem is null ? _judge.Verification(request, answer, _time.GetUtcNow()) : JpkiDecision.Of(Standing, problem.Value.Error, problem.Value.Outcome);

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteBase64String("certificate"u8, request.Certificate.Span);
            writer.WriteString("hashAlgorithm"u8, hash);
            writer.WriteBase64String("digest"u8, digest.Compute(request.Message.Span));
            writer.WriteBase64String("signature"u8, request.Signature.Span);
            writer.WriteString("checkMethod"u8, Method);
            writer.WriteBoolean("identifyUser"u8, request.Identify);
        }
    }

    /// <inheritdoc/>
    public async Task<JpkiLiveness> CheckAsync(PlatformReceipt receipt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        var unknown = new JpkiRevocation { Status = RevocationStatus.NotChecked };
        if (_noRight is not null)
        {
            return _judge.Liveness(_noRight, VerificationOutcome.Refused, unknown, _time.GetUtcNow());
        }

        if (receipt.CertificateId is null || !string.Equals(receipt.Operator, _options.Operator, StringComparison.Ordinal))
        {
            throw new ArgumentException("A receipt of this operator that names the certificate.", nameof(receipt));
        }

        var (answer, problem) = await AskAsync(_options.Dialect.StatusPath, Write, cancellationToken).ConfigureAwait(false);
        return problem is null
            ? _judge.Liveness(receipt, answer, _time.GetUtcNow())
            : _judge.Liveness(problem.Value.Error, VerificationOutcome.Undetermined, unknown, _time.GetUtcNow());

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteString("certificateId"u8, receipt.CertificateId);
            writer.WriteString("checkMethod"u8, Method);
        }
    }

    private string Method => _options.CheckMethod == PlatformCheckMethod.Ocsp ? _options.Dialect.OcspMethod : _options.Dialect.CrlMethod;

    private async Task<(PlatformAnswer Answer, (MedIdError Error, VerificationOutcome Outcome)? Problem)> AskAsync(string path, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = new(HttpMethod.Post, path) { Content = Body(write) };
        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        var isProblem = response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
        if (!isProblem && response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"The platform operator answered {(int)response.StatusCode}.", null, response.StatusCode);
        }

        var bytes = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        if (isProblem)
        {
            return (default, _judge.Problem(bytes is null ? string.Empty : Encoding.UTF8.GetString(bytes)));
        }

        var json = bytes is null ? new MedIdError(JpkiErrorCodes.PlatformMalformed, ErrorCategory.Malformed, JpkiSections.Platform, "too long") : StrictJson.ParseObject(bytes, maxBytes: MaxAnswerBytes);
        return json.Succeeded
            ? (new(json.Value), null)
            : (default, (new(JpkiErrorCodes.PlatformMalformed, ErrorCategory.Malformed, JpkiSections.Platform, json.Error.Code), VerificationOutcome.Undetermined));
    }

    private static ByteArrayContent Body(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return new(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    /// <summary>Null when there is more than an answer may have.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[MaxAnswerBytes + 1];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return length > MaxAnswerBytes ? null : buffer[..length];
        }
    }
}
