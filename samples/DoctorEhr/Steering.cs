using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace MedId.Samples.DoctorEhr;

/// <summary>The loopback steering endpoints of the sample.</summary>
internal sealed class Steering(DoctorSession doctor, DoctorOp doctorOp, AccessBook book, AccessRunner runner, StepReporter steps, IHostApplicationLifetime lifetime)
{
    private const int MaxBytes = 64 * 1024;

    public async Task<IResult> SignInAsync(HttpContext context)
    {
        var json = await ReadAsync(context);
        var members = json.Succeeded ? new JsonMembers(json.Value) : null;
        if (members?.String("username") is not { } username || members.String("password") is not { } password)
        {
            return Refused(EhrErrorCodes.RequestMalformed, StatusCodes.Status400BadRequest);
        }

        var step = steps.Begin(1, "the doctor signs in at the doctor OP").Sent("username", "a user name").Sent("password", "a password");
        try
        {
            var session = await doctorOp.SignInAsync(username, password, context.RequestAborted);
            doctor.Current = session.Value;
            if (session.Succeeded)
            {
                step.Checked("the doctor OP gave a session").Done();
                return Answer(new JsonObject { ["signed_in"] = true }, StatusCodes.Status200OK);
            }

            step.Refused(Refusal.CodeOf(session.Error));
            return Refused(EhrErrorCodes.SignInRefused, StatusCodes.Status401Unauthorized);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            step.Refused(EhrErrorCodes.Unreachable);
            return Refused(EhrErrorCodes.Unreachable, StatusCodes.Status503ServiceUnavailable);
        }
    }

    public async Task<IResult> StartAsync(HttpContext context)
    {
        var order = (await ReadAsync(context)).Then(AccessOrder.Parse);
        if (!order.Succeeded)
        {
            return Refused(order.Error.Code, StatusCodes.Status400BadRequest);
        }

        var access = book.Open(order.Value);
        _ = runner.RunAsync(access, lifetime.ApplicationStopping);
        return Answer(new JsonObject { ["access"] = access.Id }, StatusCodes.Status202Accepted);
    }

    public IResult Show(string access) =>
        book.Find(access) is { } found ? Answer(found.Show(), StatusCodes.Status200OK) : Refused(EhrErrorCodes.AccessUnknown, StatusCodes.Status404NotFound);

    public async Task<IResult> ReadAgainAsync(string access, HttpContext context)
    {
        if (book.Find(access) is not { } found)
        {
            return Refused(EhrErrorCodes.AccessUnknown, StatusCodes.Status404NotFound);
        }

        if (found.Tokens is null)
        {
            return Refused(EhrErrorCodes.AccessNotGranted, StatusCodes.Status409Conflict);
        }

        var message = await ReadAsync(context, emptyIsAnObject: true);
        var members = message.Succeeded ? new JsonMembers(message.Value) : null;
        var otherPatient = members?.String("patient", 64);
        if (members is not { Wrong: null })
        {
            return Refused(EhrErrorCodes.RequestMalformed, StatusCodes.Status400BadRequest);
        }

        await runner.ReadAsync(found, otherPatient, context.RequestAborted);
        return Answer(found.Show(), StatusCodes.Status200OK);
    }

    /// <summary>Fetches new tokens without asking the patient, and reads with them.</summary>
    public async Task<IResult> RefreshAsync(string access, HttpContext context)
    {
        if (book.Find(access) is not { } found)
        {
            return Refused(EhrErrorCodes.AccessUnknown, StatusCodes.Status404NotFound);
        }

        if (found.Tokens?.RefreshToken is null)
        {
            return Refused(EhrErrorCodes.AccessNotGranted, StatusCodes.Status409Conflict);
        }

        await runner.RefreshAsync(found, context.RequestAborted);
        return Answer(found.Show(), StatusCodes.Status200OK);
    }

    public static async Task<MedIdResult<JsonElement>> ReadAsync(HttpContext context, bool emptyIsAnObject = false)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var json = StrictJson.ParseObject(emptyIsAnObject && body.Length == 0 ? "{}"u8.ToArray() : body.ToArray(), maxBytes: MaxBytes);
        return json.Succeeded ? json : new MedIdError(EhrErrorCodes.RequestMalformed, ErrorCategory.Malformed, "walk: doctor EHR", json.Error.Code);
    }

    public static IResult Refused(string code, int status) => Answer(new JsonObject { ["error"] = code }, status);

    public static IResult Answer(JsonObject json, int status) => Results.Text(SampleJson.ToText(json), "application/json", statusCode: status);
}
