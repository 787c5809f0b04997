using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Fido.Uaf.Tests;

public sealed class UafServerDataTests
{
    private static readonly FieldKey Key = new("2026", new byte[32]);
    private static readonly UafServerData Protector = new(new FieldCipher("hospital-a", Key));
    private static readonly UafServerState State = new()
    {
        Operation = UafOperation.Authentication,
        Challenge = "AAAAAAAAAAAAAAAAAAAAAA",
        ExpiresAt = Ceremony.Now.AddMinutes(5),
        User = "account-1",
        Reference = "notice-7",
    };

    [Fact]
    public void Open_WhatWasProtected_ComesBack()
    {
        var text = Protector.Protect(State);
        Assert.Equal(State, Protector.Open(text, UafOperation.Authentication, Ceremony.Now).Value);
        Assert.DoesNotContain("account", text, StringComparison.Ordinal);
        Assert.NotEqual(text, Protector.Protect(State));
        Assert.Equal(State with { User = null, Reference = null }, Protector.Open(Protector.Protect(State with { User = null, Reference = null }), UafOperation.Authentication, Ceremony.Now).Value);
    }

    [Fact]
    public void Open_OtherOperationOrTenantOrText_IsRefused()
    {
        var text = Protector.Protect(State);
        foreach (var refused in new[]
        {
            Protector.Open(text, UafOperation.Registration, Ceremony.Now),
            new UafServerData(new FieldCipher("hospital-b", Key)).Open(text, UafOperation.Authentication, Ceremony.Now),
            new UafServerData(new FieldCipher("hospital-a", new FieldKey("2026", RandomNumberGenerator.GetBytes(32)))).Open(text, UafOperation.Authentication, Ceremony.Now),
            Protector.Open(null, UafOperation.Authentication, Ceremony.Now),
            Protector.Open(string.Empty, UafOperation.Authentication, Ceremony.Now),
            Protector.Open(text + "=", UafOperation.Authentication, Ceremony.Now),
            Protector.Open(text[..^4], UafOperation.Authentication, Ceremony.Now),
            Protector.Open(new string('A', 1537), UafOperation.Authentication, Ceremony.Now),
        })
        {
            Ceremony.Refused(UafErrorCodes.ServerDataInvalid, refused);
            Assert.Equal(UafStatusCodes.RequestInvalid, UafStatusCodes.FromError(refused.Error!));
        }
    }

    [Fact]
    public void Open_AtItsEnd_IsRefused()
    {
        var text = Protector.Protect(State);
        Assert.True(Protector.Open(text, UafOperation.Authentication, State.ExpiresAt.AddTicks(-1)).Succeeded);
        Ceremony.Refused(UafErrorCodes.ServerDataExpired, Protector.Open(text, UafOperation.Authentication, State.ExpiresAt));
    }

    [Fact]
    public void Protect_LongestState_FitsIntoServerData()
    {
        var longest = State with { User = new string('u', 256), Reference = new string('r', 256), Challenge = new string('A', 86) };
        Assert.InRange(Protector.Protect(longest).Length, 1, 1536);
        Assert.Throws<ArgumentException>(() => Protector.Protect(longest with { User = new string('u', 257) }));
    }
}
