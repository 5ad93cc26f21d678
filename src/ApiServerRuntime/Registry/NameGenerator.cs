using System.Security.Cryptography;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Names for objects that bring only a prefix.</summary>
internal static class NameGenerator
{
    /// <summary>How often a name is tried when the one before was taken.</summary>
    public const int Tries = 8;

    private const int MaxPrefix = 58;
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>The prefix, cut to 58 characters, and five random ones.</summary>
    public static string Next(string prefix) =>
        (prefix.Length > MaxPrefix ? prefix[..MaxPrefix] : prefix) + RandomNumberGenerator.GetString(Alphabet, 5);
}
