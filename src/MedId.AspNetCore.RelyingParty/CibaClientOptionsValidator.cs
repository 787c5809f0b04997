using MedId.Ciba.Client;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.RelyingParty;

/// <summary>Says at start, and all at once, what the options lack.</summary>
internal sealed class CibaClientOptionsValidator : IValidateOptions<CibaClientOptions>
{
    public ValidateOptionsResult Validate(string? name, CibaClientOptions options)
    {
        string[] mistakes = [.. options.FindMistakes()];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes.Select(mistake => "AddMedIdCibaClient: " + mistake));
    }
}
