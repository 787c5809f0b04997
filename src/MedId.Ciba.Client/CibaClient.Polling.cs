using System.Net;
using MedId.Core;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <content>Polling: CIBA Core §10.1 and §11.</content>
public sealed partial class CibaClient
{
    /// <summary>Polls at the OP's pace until the patient has decided, the request has expired, or the OP refuses.</summary>
    /// <param name="authentication">What <see cref="StartAsync"/> gave.</param>
    /// <param name="cancellationToken">Ends the waiting; the request itself lives on at the OP until it expires.</param>
    /// <returns>The tokens; <see cref="OAuthErrorCodes.AccessDenied"/> when the patient said no; <see cref="CibaClientErrorCodes.GaveUp"/> when nobody decided in time.</returns>
    /// <exception cref="InvalidOperationException">The client is registered for push: it has nothing to ask.</exception>
    public async Task<MedIdResult<CibaTokens>> WaitAsync(BackchannelAuthentication authentication, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(authentication);
        ThrowIfPush();
        var pace = new PollPace(authentication.Interval);
        var next = _time.GetUtcNow() + authentication.Interval;
        while (next < authentication.ExpiresAt)
        {
            // Never two polls at once; after a held answer the interval may have passed already, then the next goes out at once.
            var wait = next - _time.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
            }

            var sentAt = _time.GetUtcNow();
            var answer = await AskAgainLaterAsync(authentication, cancellationToken).ConfigureAwait(false);
            switch (answer.Kind)
            {
                case PollAnswerKind.Granted: return answer.Tokens!;
                case PollAnswerKind.Refused: return answer.Error!;
                default: next = pace.Next(answer, sentAt, _time.GetUtcNow()); break;
            }
        }

        return new MedIdError(CibaClientErrorCodes.GaveUp, ErrorCategory.State, "CIBA Core §11");
    }

    /// <summary>Polls once, for callers with a schedule of their own. They keep <see cref="CibaPoll.Wait"/> and never poll one request twice at a time.</summary>
    /// <param name="authentication">What <see cref="StartAsync"/>, or <see cref="CibaPoll.Next"/> of the last poll, gave.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<MedIdResult<CibaPoll>> PollAsync(BackchannelAuthentication authentication, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(authentication);
        ThrowIfPush();
        var sentAt = _time.GetUtcNow();
        if (sentAt >= authentication.ExpiresAt)
        {
            return new MedIdError(CibaClientErrorCodes.GaveUp, ErrorCategory.State, "CIBA Core §11");
        }

        var answer = await AskAsync(authentication, cancellationToken).ConfigureAwait(false);
        if (answer.Kind == PollAnswerKind.Refused)
        {
            return answer.Error!;
        }

        var pace = new PollPace(authentication.Interval);
        var now = _time.GetUtcNow();
        var wait = pace.Next(answer, sentAt, now) - now;
        return new CibaPoll { Tokens = answer.Tokens, Next = authentication with { Interval = pace.Interval }, Wait = wait > TimeSpan.Zero ? wait : TimeSpan.Zero };
    }

    /// <summary>One poll; trouble on the way is an answer.</summary>
    internal async Task<PollAnswer> AskAgainLaterAsync(BackchannelAuthentication authentication, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(authentication, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            CibaClientTelemetry.Count(CibaClientTelemetry.Polls, null, null, "unavailable");
            return new PollAnswer(PollAnswerKind.Unavailable);
        }
    }

    private void ThrowIfPush()
    {
        // CIBA Core §10.1: a push client at the token endpoint is unauthorized_client.
        if (DeliveryMode == TokenDeliveryMode.Push)
        {
            throw new InvalidOperationException("A client registered for push gets its tokens at the notification endpoint.");
        }
    }

    private async Task<PollAnswer> AskAsync(BackchannelAuthentication authentication, CancellationToken cancellationToken)
    {
        using var activity = CibaClientTelemetry.Source.StartActivity("ciba poll");
        var metadata = await GetMetadataAsync(cancellationToken).ConfigureAwait(false);
        var answer = metadata switch
        {
            { Succeeded: true } => await AskAsync(metadata.Value, authentication, cancellationToken).ConfigureAwait(false),
            { Error.Code: OAuthErrorCodes.TemporarilyUnavailable or OAuthErrorCodes.ServerError } => new PollAnswer(PollAnswerKind.Unavailable),
            _ => new PollAnswer(PollAnswerKind.Refused, Error: metadata.Error),
        };
        CibaClientTelemetry.Count(CibaClientTelemetry.Polls, activity, answer.Error, answer.Kind switch
        {
            PollAnswerKind.Pending => "pending",
            PollAnswerKind.SlowDown => "slow_down",
            PollAnswerKind.Unavailable => "unavailable",
            _ => "ok",
        });
        return answer;
    }

    private async Task<PollAnswer> AskAsync(AuthorizationServerMetadata metadata, BackchannelAuthentication authentication, CancellationToken cancellationToken)
    {
        // An auth_req_id dies with its redemption, so the keys are fetched before it: an OP whose keys cannot be had now is asked later.
        var keys = await _keys.GetAsync(metadata.JwksUri, cancellationToken).ConfigureAwait(false);
        if (!keys.Succeeded)
        {
            return keys.Error.Code is OAuthErrorCodes.TemporarilyUnavailable or OAuthErrorCodes.ServerError ? new(PollAnswerKind.Unavailable) : new(PollAnswerKind.Refused, Error: keys.Error);
        }

        var sent = await PostForTokensAsync(
            "token",
            metadata,
            form => form.Add(OAuthParameters.GrantType, GrantTypes.Ciba).Add(OAuthParameters.AuthReqId, authentication.AuthReqId),
            cancellationToken).ConfigureAwait(false);
        if (!sent.Succeeded)
        {
            return new(PollAnswerKind.Refused, Error: sent.Error);
        }

        var answer = sent.Value;
        if (answer.Status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
        {
            return new(PollAnswerKind.Unavailable, RetryAfter: answer.RetryAfter, IsServerBusy: true);
        }

        if (answer.IsOk)
        {
            var tokens = await ReadTokensAsync(metadata, answer.Body, authentication, cancellationToken).ConfigureAwait(false);
            return tokens.Succeeded ? new(PollAnswerKind.Granted, tokens.Value) : new(PollAnswerKind.Refused, Error: tokens.Error);
        }

        // §11 and its table: two errors go on; every other one, known or not, is the end of this request.
        var error = answer.ToError("CIBA Core §11");
        return error.Code switch
        {
            OAuthErrorCodes.AuthorizationPending => new(PollAnswerKind.Pending, RetryAfter: answer.RetryAfter),
            OAuthErrorCodes.SlowDown => new(PollAnswerKind.SlowDown, RetryAfter: answer.RetryAfter),
            _ => new(PollAnswerKind.Refused, Error: error),
        };
    }
}
