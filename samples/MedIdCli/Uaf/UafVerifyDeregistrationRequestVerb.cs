using MedId.Cli.Frame;
using MedId.Fido.Uaf;

namespace MedId.Cli.Uaf;

/// <summary><c>medid uaf verify-deregistration-request</c>: <see cref="DeregistrationRequest"/>.</summary>
internal sealed class UafVerifyDeregistrationRequestVerb() : Verb("uaf", "verify-deregistration-request", "a UAF deregistration request, and which registrations it removes (UAF protocol 3.6)")
{
    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var request = UafInput.Message(input, "request");
        _ = input.Raw("registrations") ?? throw input.Missing("registrations");
        var registrations = UafRecords.Read(input, "registrations", common.At);
        return () =>
        {
            var requests = DeregistrationRequest.Parse(request);
            return requests.Succeeded ? Removed(requests.Value.MaxBy(entry => entry.Header.Version.Minor)!.Select(registrations)) : Answer.Refused(requests.Error, Nothing);
        };
    }

    private static void Nothing(System.Text.Json.Utf8JsonWriter writer) => Write(writer, []);

    private static Answer Removed(IReadOnlyList<UafRegistration> removed) => new()
    {
        Outcome = Core.VerificationOutcome.Accepted,
        Members = writer => Write(writer, removed),
    };

    private static void Write(System.Text.Json.Utf8JsonWriter writer, IReadOnlyList<UafRegistration> removed)
    {
        writer.WriteStartArray("removed");
        foreach (var registration in removed)
        {
            writer.WriteStartObject();
            writer.WriteString("aaid", registration.Aaid.ToString());
            writer.WriteString("keyId", registration.KeyId.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
