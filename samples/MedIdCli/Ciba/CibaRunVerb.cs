using System.Runtime.InteropServices;
using System.Text.Json;
using MedId.Ciba.Client;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.OAuth;

namespace MedId.Cli.Ciba;

/// <summary>
/// <c>medid ciba run</c>: one flow as a relying party through <see cref="CibaScheduler"/>, against an OP that somebody else steers. Ends at <c>expires_in</c>, at the timeout and on SIGTERM. Plain http is taken for loopback.
/// </summary>
internal sealed class CibaRunVerb() : Verb("ciba", "run", "one flow against an OP, as a relying party (CIBA Core 1.0)")
{
    private const string Unsupported = "unsupported";

    public override bool IsAboutThePresent => true;

    public override bool NeedsServer => true;

    public override Func<Task<Answer>> ReadAsync(CallInput input, CommonInput common)
    {
        var call = CibaCall.Read(input);
        return () => RunAsync(call);
    }

    public override Func<Answer> Read(CallInput input, CommonInput common) => throw new NotSupportedException("A flow is waited for.");

    private static async Task<Answer> RunAsync(CibaCall call)
    {
        using var ending = new CancellationTokenSource(call.Timeout);
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            ending.Cancel();
        });
        var polls = new PollCounter();
        try
        {
            using var flow = CibaFlow.Open(call, polls);
            return Answer(await flow.RunAsync(ending.Token), polls.Count);
        }
        catch (NotSupportedException e)
        {
            return Failed(Unsupported, new MedIdError("cli.unsupported", ErrorCategory.Unsupported, "medid ciba run", e.Message), polls.Count);
        }
        catch (OperationCanceledException)
        {
            return Failed("cli.timeout", new MedIdError("cli.timeout", ErrorCategory.State, "medid ciba run"), polls.Count);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            return Failed("cli.unreachable", new MedIdError("cli.unreachable", ErrorCategory.State, "medid ciba run", e.Message), polls.Count);
        }
    }

    private static Answer Answer(MedIdResult<CibaTokens> result, int polls) => result.Succeeded
        ? new Answer { Outcome = VerificationOutcome.Accepted, Members = writer => WriteTokens(writer, result.Value, polls) }
        : Failed(NameOf(result.Error), result.Error, polls);

    /// <summary>The OAuth name where the OP, or the standard, has one; else the code.</summary>
    private static string NameOf(MedIdError error)
    {
        const string OAuth = "oauth.";
        return error.Code.StartsWith(OAuth, StringComparison.Ordinal) && IsOnTheWire(error.Code) ? error.Code[OAuth.Length..] : error.Code;
    }

    private static bool IsOnTheWire(string code) => code is OAuthErrorCodes.InvalidRequest or OAuthErrorCodes.InvalidClient or OAuthErrorCodes.InvalidGrant or OAuthErrorCodes.UnauthorizedClient
        or OAuthErrorCodes.UnsupportedGrantType or OAuthErrorCodes.InvalidScope or OAuthErrorCodes.InvalidTarget or OAuthErrorCodes.AccessDenied or OAuthErrorCodes.ExpiredToken
        or OAuthErrorCodes.ExpiredLoginHintToken or OAuthErrorCodes.UnknownUserId or OAuthErrorCodes.MissingUserCode or OAuthErrorCodes.InvalidUserCode or OAuthErrorCodes.InvalidBindingMessage
        or OAuthErrorCodes.TransactionFailed or OAuthErrorCodes.TemporarilyUnavailable or OAuthErrorCodes.ServerError
        or OAuthErrorCodes.InvalidDpopProof or OAuthErrorCodes.UseDpopNonce or OAuthErrorCodes.InvalidAuthorizationDetails;

    private static Answer Failed(string name, MedIdError error, int polls) => new()
    {
        Outcome = VerificationOutcome.Refused,
        Error = error,
        Members = writer =>
        {
            writer.WriteBoolean("ok", false);
            writer.WriteString("error", name);
            writer.WriteNull("claims");
            writer.WriteNumber("polls", polls);
        },
    };

    private static void WriteTokens(Utf8JsonWriter writer, CibaTokens tokens, int polls)
    {
        writer.WriteBoolean("ok", true);
        writer.WriteNull("error");
        writer.WritePropertyName("claims");
        tokens.IdToken.Claims.WriteTo(writer);
        writer.WriteNumber("polls", polls);
        writer.WriteString("idToken", tokens.IdToken.Compact);
        writer.WriteString("tokenType", tokens.TokenType);
        writer.WriteTexts("scopes", tokens.Scopes);
        writer.WriteBoolean("refreshToken", tokens.RefreshToken is not null);
    }
}
