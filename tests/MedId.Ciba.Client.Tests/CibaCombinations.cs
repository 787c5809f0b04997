namespace MedId.Ciba.Client.Tests;

/// <summary>What is shown in every combination: here by our client against an OP of others, in MedId.Ciba.Interop.Tests, which compiles this file too, by a client of others against our OP.</summary>
public static class CibaCombinations
{
    /// <summary>The methods with a shared secret.</summary>
    public static TheoryData<string> SecretMethods => ["client_secret_basic", "client_secret_post", "client_secret_jwt"];

    /// <summary>The algorithms of keys.</summary>
    public static TheoryData<string> Algorithms => ["ES256", "PS256", "Ed25519"];

    /// <summary>Each algorithm without and with something more: a signed request, a nonce.</summary>
    public static TheoryData<string, bool> AlgorithmsTwice
    {
        get
        {
            var rows = new TheoryData<string, bool>();
            foreach (var algorithm in Algorithms)
            {
                rows.Add(algorithm.Data, false);
                rows.Add(algorithm.Data, true);
            }

            return rows;
        }
    }
}
