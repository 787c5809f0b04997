using MedId.Ciba.Client;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.RelyingParty;

/// <summary>Says at start, and all at once, what the options lack: also a key, where the store is one that outlives the process.</summary>
internal sealed class CibaSchedulerOptionsValidator(ICibaPendingStore store) : IValidateOptions<CibaSchedulerOptions>
{
    public ValidateOptionsResult Validate(string? name, CibaSchedulerOptions options)
    {
        List<string> mistakes = [.. options.FindMistakes()];
        if (options.Cipher is null && store is not InMemoryCibaPendingStore)
        {
            mistakes.Add($"{nameof(CibaSchedulerOptions.Cipher)} is missing: what is stored is encrypted.");
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes.Select(mistake => "AddMedIdCibaScheduler: " + mistake));
    }
}
