using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Certificates;

/// <summary>Writes the certificates that the replicas share into the <c>data</c> of a Secret, and reads them.</summary>
internal static class CertificateSecret
{
    private const string NextPublished = "next-ca.published";

    /// <summary>Reads a Secret; <see cref="CertificateRotationState.Empty"/> where it holds nothing that can be used.</summary>
    public static CertificateRotationState Read(KubeObject? secret)
    {
        try
        {
            return secret is not null && Pair(secret, "ca") is { } authority
                ? new CertificateRotationState
                {
                    Authority = authority,
                    Next = Pair(secret, "next-ca"),
                    NextPublished = Value(secret, NextPublished) is { } published ? Time(published) : null,
                    Leaf = Pair(secret, "tls"),
                    Retired = [.. ReadRetired(secret)],
                }
                : CertificateRotationState.Empty;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return CertificateRotationState.Empty;
        }
    }

    /// <summary>The <c>data</c> that <see cref="Read"/> reads.</summary>
    public static JsonObject Write(CertificateRotationState state)
    {
        var data = new JsonObject();
        Add(data, "ca", state.Authority);
        Add(data, "next-ca", state.Next);
        Add(data, "tls", state.Leaf);
        if (state.NextPublished is { } published)
        {
            data[NextPublished] = Encode(Text(published));
        }

        for (var i = 0; i < state.Retired.Count; i++)
        {
            data[$"retired-ca-{i}.crt"] = Encode(state.Retired[i].CertificatePem);
            data[$"retired-ca-{i}.until"] = Encode(Text(state.Retired[i].Until));
        }

        return data;
    }

    private static IEnumerable<RetiredAuthority> ReadRetired(KubeObject secret)
    {
        for (var i = 0; Value(secret, $"retired-ca-{i}.crt") is { } pem && Value(secret, $"retired-ca-{i}.until") is { } until; i++)
        {
            yield return new RetiredAuthority(pem, Time(until));
        }
    }

    private static void Add(JsonObject data, string name, PemKeyPair? pair)
    {
        if (pair is not null)
        {
            data[$"{name}.crt"] = Encode(pair.CertificatePem);
            data[$"{name}.key"] = Encode(pair.KeyPem);
        }
    }

    private static PemKeyPair? Pair(KubeObject secret, string name)
    {
        if (Value(secret, $"{name}.crt") is not { } certificate || Value(secret, $"{name}.key") is not { } key)
        {
            return null;
        }

        var pair = new PemKeyPair(certificate, key);
        pair.Load().Dispose();
        return pair;
    }

    private static string? Value(KubeObject secret, string key) =>
        secret.GetString("data", key) is { Length: > 0 } value ? Encoding.UTF8.GetString(Convert.FromBase64String(value)) : null;

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
