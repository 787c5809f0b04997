namespace MedId.AspNetCore.Provider;

/// <summary>The log category of the OP's endpoints.</summary>
internal sealed class ProviderLog
{
    private ProviderLog()
    {
    }
}
