using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>Says at start, and all at once, what the options lack.</summary>
internal sealed class IntrospectionBearerOptionsValidator : IValidateOptions<IntrospectionBearerOptions>
{
    public ValidateOptionsResult Validate(string? name, IntrospectionBearerOptions options)
    {
        string[] mistakes = [.. options.FindMistakes()];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes.Select(mistake => "AddMedIdIntrospection: " + mistake));
    }
}
