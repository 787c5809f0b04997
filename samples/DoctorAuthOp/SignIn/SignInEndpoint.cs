using System.Text;
using MedId.OAuth.Server;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.DoctorAuthOp;

/// <summary><c>POST /sign-in</c>: user name and password of the sample. A real doctor OP has something better here; the walk does not depend on it.</summary>
internal sealed class SignInEndpoint(DoctorDirectory doctors, SessionStore sessions, AttemptLimit attempts, StepReporter steps)
{
    private const int MaxLength = 128;

    public async Task HandleAsync(HttpContext context)
    {
        var step = steps.Begin(1, "the doctor signs in").Sent("username", "a user name").Sent("password", "a password");
        var form = await Forms.ReadAsync(context.Request);
        var (username, password) = form.Succeeded ? (form.Value["username"], form.Value["password"]) : default;
        var refusal = username is not { Length: <= MaxLength } || password is not { Length: <= MaxLength } ? DoctorOpErrorCodes.SignInRefused
            : !attempts.TryTake(username) ? DoctorOpErrorCodes.SignInLocked
            : null;
        var doctor = refusal is null ? doctors.Find(username!) : null;
        if (refusal is null && (!PasswordHash.Matches(password!, doctor?.Password ?? PasswordHash.Nobody) || doctor is null))
        {
            refusal = DoctorOpErrorCodes.SignInRefused;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "application/json";
        if (refusal is not null)
        {
            step.Refused(refusal);
            context.Response.StatusCode = refusal == DoctorOpErrorCodes.SignInLocked ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync($$"""{"error":"access_denied","error_description":"{{refusal}}"}""", Encoding.UTF8, context.RequestAborted);
            return;
        }

        attempts.Right(username!);
        var session = sessions.Begin(doctor!);
        step.Checked("the password's hash, in constant time, within the attempt limit").Done();
        await context.Response.WriteAsync($$"""{"session":"{{session}}"}""", Encoding.UTF8, context.RequestAborted);
    }
}
