using System.Text.RegularExpressions;

namespace KubeFed.Conformance.Kubectl;

/// <summary>Something that must differ from run to run or from server to server.</summary>
/// <param name="Pattern">What is replaced.</param>
/// <param name="Replacement">What with.</param>
/// <param name="Reason">Why it says nothing of the server.</param>
internal sealed record NormalizationRule(Regex Pattern, string Replacement, string Reason)
{
    public NormalizationRule(string pattern, string replacement, string reason)
        : this(new Regex(pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)), replacement, reason)
    {
    }

    public string Apply(string text) => Pattern.Replace(text, Replacement);
}
