using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MedId.Ciba.Client;
using MedId.Core;
using MedId.Cryptography;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;
using MedId.Samples.Hosting;

namespace MedId.Samples.DoctorEhr;

/// <summary>Reads what the granted scopes open, type by type, and looks at every resource before the doctor does. Steps 6 and 9 of the walk.</summary>
internal sealed class RecordReader(IHttpClientFactory http, EhrSettings settings, StepReporter steps)
{
    private const int MaxPages = 10;
    private const int MaxBytes = 1024 * 1024;

    private static readonly string[] Types = ["Patient", "MedicationRequest", "MedicationStatement", "AllergyIntolerance", "Condition", "Observation", "Immunization"];

    public async Task<IReadOnlyList<RecordPart>> ReadAsync(CibaTokens tokens, CancellationToken cancellationToken)
    {
        var parts = new List<RecordPart>();
        foreach (var type in TypesOf(tokens.Scopes))
        {
            var step = steps.Begin(6, "the EHR calls the API").Sent("type", type).Sent("authorization", "the access token").Sent("patient", "of the token answer");
            var resources = tokens.Patient is { } patient
                ? await ReadAsync(type, patient, tokens.AccessToken, cancellationToken)
                : new MedIdError(EhrErrorCodes.PatientMissing, ErrorCategory.Protocol, "SMART App Launch 2.2.0");
            if (resources.Succeeded)
            {
                step.Sent("resources", resources.Value.Count).Checked("every resource is of this type").Checked("every resource is of the token's patient").Done();
            }
            else
            {
                step.Refused(resources.Error.Code);
            }

            parts.Add(new RecordPart(type, resources.Value ?? [], resources.Error?.Code));
        }

        return parts;
    }

    private static List<string> TypesOf(IReadOnlyList<string> scopes)
    {
        var readable = ScopeSet.Parse(string.Join(' ', scopes)).Value?.Scopes
            .Where(scope => scope is { Kind: FhirScopeKind.Resource, PermissionType: FhirPermissionType.Patient }
                && (scope.Permissions & FhirPermissions.ReadSearch) != FhirPermissions.None)
            .SelectMany(scope => scope.ResourceType is "*" ? Types : [scope.ResourceType!]);
        return [.. (readable ?? []).Distinct(StringComparer.Ordinal)];
    }

    private async Task<MedIdResult<IReadOnlyList<JsonElement>>> ReadAsync(string type, string patient, string accessToken, CancellationToken cancellationToken)
    {
        var found = new List<JsonElement>();
        var id = Uri.EscapeDataString(patient);
        var searched = type is not "Patient";
        var url = searched ? $"{settings.FhirBase}/{type}?patient={id}" : $"{settings.FhirBase}/Patient/{id}";
        for (var page = 0; page < MaxPages; page++)
        {
            var json = await GetAsync(url, accessToken, cancellationToken);
            if (!json.Succeeded)
            {
                return json.Error;
            }

            if (!searched)
            {
                return RecordCheck.Refuse(json.Value, type, patient) is { } refusal ? refusal : new[] { json.Value };
            }

            var read = RecordCheck.Page(json.Value, type, patient);
            if (!read.Succeeded)
            {
                return read.Error;
            }

            found.AddRange(read.Value.Resources);
            if (read.Value.Next is not { } next)
            {
                return found;
            }

            // The token goes to this API and nowhere else.
            if (!next.StartsWith(settings.FhirBase + "/", StringComparison.Ordinal))
            {
                break;
            }

            url = next;
        }

        return new MedIdError(EhrErrorCodes.ResponseMalformed, ErrorCategory.Malformed, "walk: doctor EHR", "next");
    }

    private async Task<MedIdResult<JsonElement>> GetAsync(string url, string accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue(TokenTypes.Bearer, accessToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/fhir+json"));
        try
        {
            using var client = http.CreateClient(EhrHost.FhirClient);
            using var response = await client.SendAsync(request, cancellationToken);
            var json = StrictJson.ParseObject(await response.Content.ReadAsByteArrayAsync(cancellationToken), maxBytes: MaxBytes);
            return response.StatusCode == HttpStatusCode.OK
                ? json.Succeeded ? json.Value : new MedIdError(EhrErrorCodes.ResponseMalformed, ErrorCategory.Malformed, "walk: doctor EHR", json.Error.Code)
                : new MedIdError(CodeOf(json.Value) ?? EhrErrorCodes.ApiRefused, ErrorCategory.Policy, "walk: health data API", $"HTTP {(int)response.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new MedIdError(EhrErrorCodes.Unreachable, ErrorCategory.State, "walk: health data API");
        }
    }

    /// <summary>The code that an OperationOutcome of the walk carries in its diagnostics; null for any other text.</summary>
    private static string? CodeOf(JsonElement outcome)
    {
        var code = outcome.ValueKind == JsonValueKind.Object && outcome.TryGetProperty("issue", out var issues) && issues.ValueKind == JsonValueKind.Array && issues.GetArrayLength() > 0
            && issues[0].ValueKind == JsonValueKind.Object ? new JsonMembers(issues[0]).String("diagnostics", 80) : null;
        return code is not null && code.AsSpan().Count('.') == 1 && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_') && code[0] != '.' && code[^1] != '.'
            ? code
            : null;
    }
}
