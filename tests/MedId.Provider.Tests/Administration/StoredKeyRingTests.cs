using MedId.Cryptography;

namespace MedId.Provider.Tests.Administration;

/// <summary>The steps of a rotation, as pure functions.</summary>
public sealed class StoredKeyRingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly KeyRotationOptions Options = new() { Age = TimeSpan.FromDays(30) };

    [Fact]
    public void Publish_FirstKey_SignsAtOnceAndLaterOnesWait()
    {
        var ring = Ring(1);
        Assert.Equal(StoredKeyState.Current, ring.Keys[0].State);
        var two = Publish(ring, out var next);
        Assert.Equal(StoredKeyState.Next, two.Find(next)!.State);
        Assert.Equal(Now + Options.PublishWait, two.Find(next)!.ReadyAt);
        Assert.True(Options.PublishWait >= Options.ReaderWait + SettingCache.LongestMaxAge + Options.ClockTolerance);
    }

    [Fact]
    public void Promote_OneTickTooEarly_IsRefusedAndThenNot()
    {
        var ring = Publish(Ring(1), out var next);
        var ready = ring.Find(next)!.ReadyAt;
        Assert.Equal(ProviderErrorCodes.KeyNotReady, ring.Promote(next, ready.AddTicks(-1), Options).Error!.Code);
        var done = ring.Promote(next, ready, Options).Value!;
        Assert.Equal([StoredKeyState.Current, StoredKeyState.Retired], done.Keys.Select(key => key.State));
        Assert.Equal(next, done.Keys[0].KeyId);
        Assert.Null(done.Keys[1].Pkcs8);
        Assert.Equal(ready + Options.Retention, done.Keys[1].PublishedUntil);
        Assert.Same(done, done.Promote(next, ready, Options).Value);
        Assert.Equal(ProviderErrorCodes.KeyState, done.Promote(done.Keys[1].KeyId, ready, Options).Error!.Code);
        Assert.Equal(ProviderErrorCodes.AdministrationUnknown, done.Promote("nobody", ready, Options).Error!.Code);
    }

    [Fact]
    public void Revoke_Current_NeedsASuccessorThatEveryNodePublishes()
    {
        var ring = Ring(1);
        var current = ring.Keys[0].KeyId;
        Assert.Equal(ProviderErrorCodes.KeyWithoutSuccessor, ring.Revoke(current, Now, Options).Error!.Code);
        ring = Publish(ring, out var next);
        Assert.Equal(ProviderErrorCodes.KeyNotReady, ring.Revoke(current, (Now + Options.NodeWait).AddTicks(-1), Options).Error!.Code);
        var done = ring.Revoke(current, Now + Options.NodeWait, Options).Value!;
        Assert.Equal(StoredKeyState.Revoked, done.Find(current)!.State);
        Assert.Null(done.Find(current)!.Pkcs8);
        Assert.Equal(StoredKeyState.Current, done.Find(next)!.State);
        Assert.Same(done, done.Revoke(current, Now, Options).Value);
        Assert.Equal(ProviderErrorCodes.KeyState, done.Retire(current, Now, Options).Error!.Code);
    }

    [Fact]
    public void Retire_TheOnlySigningKey_IsRefused()
    {
        var ring = Publish(Ring(1), out var next);
        Assert.Equal(ProviderErrorCodes.KeyWithoutSuccessor, ring.Retire(ring.Keys[0].KeyId, Now, Options).Error!.Code);
        Assert.Null(ring.Retire(next, Now, Options).Value!.Find(next));
    }

    [Fact]
    public void Publish_RevokedKeyAgain_IsRefused()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var ring = Ring(1).Publish(key, imported: true, Now, Options).Value!;
        Assert.Same(ring, ring.Publish(key, imported: true, Now, Options).Value);
        var revoked = ring.Revoke(key.KeyId, Now, Options).Value!;
        Assert.Equal(ProviderErrorCodes.KeyState, revoked.Publish(key, imported: true, Now, Options).Error!.Code);
    }

    [Fact]
    public void Json_EveryState_ComesBackAsItWas()
    {
        var ring = Publish(Ring(1), out var next);
        ring = ring.Promote(next, ring.Find(next)!.ReadyAt, Options).Value!;
        ring = Publish(ring, out _);
        ring = ring.Revoke(ring.Keys.Single(key => key.State == StoredKeyState.Retired).KeyId, Now, Options).Value!;
        var text = StoredKeyRingJson.Write(ring);
        var read = StoredKeyRingJson.Read(text);
        Assert.Equal(text, StoredKeyRingJson.Write(read));
        Assert.Equal(ring.Keys.Select(key => (key.KeyId, key.State, key.ReadyAt, key.PublishedUntil)), read.Keys.Select(key => (key.KeyId, key.State, key.ReadyAt, key.PublishedUntil)));
        Assert.Throws<InvalidDataException>(() => StoredKeyRingJson.Read("{}"));
        Assert.DoesNotContain("pkcs8", Shown(ring), StringComparison.Ordinal);
    }

    [Fact]
    public void Rotate_ByAge_KeepsANextKeyAndForgetsOldOnes()
    {
        var ring = StoredKeyRing.Empty;
        var steps = new List<string>();
        for (var now = Now; now < Now + TimeSpan.FromDays(500); now += TimeSpan.FromHours(6))
        {
            while (ring.Rotate(Options, now, algorithm => LocalSigningKey.Generate(algorithm)) is { } due)
            {
                ring = due.Ring;
                steps.Add(due.Step);
            }

            Assert.Single(ring.Keys, key => key.State == StoredKeyState.Current);
            Assert.Single(ring.Keys, key => key.State == StoredKeyState.Next);
            Assert.True(now - ring.CurrentOf(SignatureAlgorithm.ES256)!.CurrentAt <= Options.Age + TimeSpan.FromHours(6));
            Assert.All(ring.Keys.Where(key => key.State == StoredKeyState.Retired), key => Assert.True(now < key.PublishedUntil + Options.ClockTolerance));
        }

        Assert.Equal(16, steps.Count(step => step == "key-promoted"));
        Assert.Contains("key-forgotten", steps);
    }

    [Fact]
    public void Validate_WhatCannotWork_IsNamed()
    {
        Assert.Empty(new KeyRotationOptions().Validate());
        Assert.Contains(new KeyRotationOptions { ReaderWait = TimeSpan.FromMinutes(14) }.Validate(), wrong => wrong.Contains("ReaderWait", StringComparison.Ordinal));
        Assert.Contains(new KeyRotationOptions { Age = TimeSpan.FromMinutes(1) }.Validate(), wrong => wrong.Contains("Age", StringComparison.Ordinal));
        var weak = new KeyRotationOptions();
        weak.Algorithms.Add(SignatureAlgorithm.Ed25519);
        Assert.Contains(weak.Validate(), wrong => wrong.Contains("Algorithms", StringComparison.Ordinal));
    }

    private static string Shown(StoredKeyRing ring)
    {
        using var buffer = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var key in ring.Keys)
            {
                StoredKeyRingJson.WriteKey(json, key, secret: false);
            }

            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static StoredKeyRing Ring(int keys) => Enumerable.Range(0, keys).Aggregate(StoredKeyRing.Empty, static (ring, count) => Publish(ring, out var keyId));

    private static StoredKeyRing Publish(StoredKeyRing ring, out string keyId)
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        keyId = key.KeyId;
        return ring.Publish(key, imported: false, Now, Options).Value!;
    }
}
