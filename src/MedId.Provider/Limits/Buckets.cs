using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>The names of what is counted: digests, so that a list of them says nothing of anybody.</summary>
internal static class Buckets
{
    public static string Person(string accountId) => Of("person", accountId);

    public static string ClientAndPerson(string clientId, string accountId) => Of("client and person", clientId, accountId);

    public static string Denied(string clientId, string accountId) => Of("denied", clientId, accountId);

    public static string Client(string clientId) => Of("client", clientId);

    public static string Clinic(string organizationId) => Of("clinic", organizationId);

    public static string FailuresOf(string clientId) => Of("failures of client", clientId);

    public static string FailuresAt(string address) => Of("failures at address", address);

    public static string FailuresOfAt(string clientId, string address) => Of("failures of client at address", clientId, address);

    public static string CodesOfNobody(string hint) => Of("codes of nobody", hint);

    private static string Of(string label, params ReadOnlySpan<string> parts) => SecretDigest.Compute("throttle " + label, string.Join('\n', parts));
}
