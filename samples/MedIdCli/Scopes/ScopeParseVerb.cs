using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Cli.Scopes;

/// <summary><c>medid scope parse</c>: <see cref="ScopeSet.Parse"/>. A list with a token that grants nothing is refused with the code of the first, and shown whole.</summary>
internal sealed class ScopeParseVerb() : Verb("scope", "parse", "what each scope of a list says, and the list in its normal form")
{
    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var scope = input.Text("scope");
        var syntax = input.OptionalChoice("syntax", ScopeInput.Syntaxes) ?? FhirScopeSyntax.Cruds;
        return () =>
        {
            var read = ScopeSet.Parse(scope);
            if (!read.Succeeded)
            {
                return Answer.Refused(read.Error);
            }

            var error = read.Value.Ignored.Count == 0 ? null : read.Value.Ignored[0].Error;
            return new()
            {
                Outcome = error is null ? VerificationOutcome.Accepted : VerificationOutcome.Refused,
                Error = error,
                Members = writer => Write(writer, read.Value, syntax),
            };
        };
    }

    private static void Write(Utf8JsonWriter writer, ScopeSet set, FhirScopeSyntax syntax)
    {
        writer.WriteStartArray("scopes");
        foreach (var scope in set.Scopes)
        {
            WriteScope(writer, scope);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("ignored");
        foreach (var ignored in set.Ignored)
        {
            writer.WriteStartObject();
            writer.WriteString("scope", ignored.Token);
            writer.WriteString("code", ignored.Error.Code);
            writer.WriteString("section", ignored.Error.Section);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("normal", set.Normalise(syntax).ToString());
    }

    private static void WriteScope(Utf8JsonWriter writer, FhirScope scope)
    {
        writer.WriteStartObject();
        writer.WriteString("scope", scope.Value);
        writer.WriteString("kind", JsonWriting.Name(scope.Kind));
        if (scope.Kind == FhirScopeKind.Resource)
        {
            writer.WriteString("permissionType", JsonWriting.Name(scope.PermissionType));
            writer.WriteString("resourceType", scope.ResourceType);
            writer.WriteString("permissions", ScopeInput.Letters(scope.Permissions));
            writer.WriteString("syntax", ScopeInput.Syntaxes.First(s => s.Value == scope.Syntax).Name);
            writer.WriteStartArray("constraints");
            foreach (var constraint in scope.Constraints)
            {
                writer.WriteStartObject();
                writer.WriteString("parameter", constraint.Parameter);
                writer.WriteTexts("values", constraint.Values);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (scope.Code is { } code)
        {
            writer.WriteString("code", code);
        }

        if (scope.Launch is { } launch)
        {
            writer.WriteStartObject("launch");
            writer.WriteString("resourceType", launch.ResourceType);
            writer.WriteString("role", launch.Role);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
