using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Consent;

/// <summary>Reads cases from JSON: one object whose members are facts by name.</summary>
public static class ConsentCaseJson
{
    /// <summary>Reads a case. A member that is no fact refuses it, so that a typing error cannot weaken a check; null is the same as absent.</summary>
    /// <param name="utf8">The text.</param>
    /// <returns>The case, <c>consent.case_fact</c>, or the <c>json.*</c> code of the text.</returns>
    public static MedIdResult<ConsentCase> Read(ReadOnlyMemory<byte> utf8)
    {
        var json = StrictJson.ParseObject(utf8, maxDepth: 2);
        return json.Succeeded ? Read(json.Value, new()) : json.Error;
    }

    /// <summary>Puts facts into a case.</summary>
    /// <param name="facts">An object whose members are facts by name.</param>
    /// <param name="known">The case so far; a fact that is given again replaces it.</param>
    /// <returns>The case, or <c>consent.case_fact</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="facts"/> is no object.</exception>
    public static MedIdResult<ConsentCase> Read(JsonElement facts, ConsentCase known)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (facts.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException("Facts are an object.", nameof(facts));
        }

        foreach (var member in facts.EnumerateObject())
        {
            if (CaseFacts.Find(member.Name) is not { } fact)
            {
                return Refusal("a member that is no fact");
            }

            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (fact.TryPut(known, member.Value) is not { } more)
            {
                return Refusal($"{fact.Name} cannot have this value");
            }

            known = more;
        }

        return known;
    }

    private static MedIdError Refusal(string detail) => new(ConsentErrorCodes.CaseFact, ErrorCategory.Malformed, "MedIdSdk consent case", detail);
}
