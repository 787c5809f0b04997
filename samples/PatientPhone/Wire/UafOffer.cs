using System.Text;
using System.Text.Json;
using MedId.Cryptography;
using MedId.Fido.Uaf;

namespace MedId.Samples.PatientPhone;

/// <summary>A ReturnUAFRequest as the OP sends it: the UAF request, the nonce that its challenge is made of, and the other members of the walk's contract.</summary>
internal sealed record UafOffer(string UafRequest, string Nonce, JsonElement Json)
{
    /// <summary>Reads the answer.</summary>
    /// <exception cref="PhoneRefusedException">The OP refused, or the answer is malformed.</exception>
    public static UafOffer Read(byte[] body)
    {
        var message = ReturnUafRequest.Parse(body);
        var json = StrictJson.ParseObject(body);
        if (!message.Succeeded || !json.Succeeded)
        {
            throw new PhoneRefusedException(PhoneErrorCodes.AnswerMalformed);
        }

        if (message.Value.StatusCode != UafStatusCodes.Ok || message.Value.UafRequest is null)
        {
            throw new PhoneRefusedException(json.Value.Text("description") ?? PhoneErrorCodes.AnswerRefused);
        }

        return new UafOffer(message.Value.UafRequest, json.Value.Text("nonce") ?? throw new PhoneRefusedException(PhoneErrorCodes.AnswerMalformed), json.Value);
    }

    /// <summary>
    /// Finds what the authenticator would sign, and refuses everything that the phone did not ask for: another operation, another application, another challenge,
    /// another transaction.
    /// </summary>
    /// <param name="operation"><c>Reg</c> or <c>Auth</c>.</param>
    /// <param name="appId">The OP's facet list.</param>
    /// <param name="challenge">The challenge that the phone computed.</param>
    /// <param name="transaction">The one transaction content; null for none.</param>
    public void Recognise(string operation, string appId, string challenge, string? transaction)
    {
        var messages = StrictJson.Parse(Encoding.UTF8.GetBytes(UafRequest));
        if (!messages.Succeeded || messages.Value.ValueKind != JsonValueKind.Array || messages.Value.GetArrayLength() == 0)
        {
            throw new PhoneRefusedException(PhoneErrorCodes.AnswerMalformed);
        }

        foreach (var message in messages.Value.EnumerateArray())
        {
            if (message.Member("header") is not { } header || header.Text("op") != operation || header.Text("appID") != appId)
            {
                throw new PhoneRefusedException(PhoneErrorCodes.RequestForeign);
            }

            if (message.Text("challenge") != challenge)
            {
                throw new PhoneRefusedException(PhoneErrorCodes.ChallengeNotRecognised);
            }

            if (!IsTransaction(message.Member("transaction"), transaction))
            {
                throw new PhoneRefusedException(PhoneErrorCodes.TransactionNotRecognised);
            }
        }
    }

    private static bool IsTransaction(JsonElement? given, string? expected)
    {
        if (expected is null || given is not { ValueKind: JsonValueKind.Array } list)
        {
            return expected is null && given is null;
        }

        return list.GetArrayLength() == 1 && list[0].Text("contentType") == "text/plain" && list[0].Text("content") == StrictBase64Url.Encode(Encoding.ASCII.GetBytes(expected));
    }
}
