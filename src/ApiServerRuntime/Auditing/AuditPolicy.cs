using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Requests;

namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>How much of which request is written: the first rule that fits decides, and what no rule fits is not written. Immutable.</summary>
public sealed class AuditPolicy
{
    private static readonly AuditDecision Nothing = new(AuditLevel.None, new HashSet<AuditStage>(), false);

    private readonly IReadOnlyList<AuditRule> _rules;

    internal AuditPolicy(IReadOnlyList<AuditRule> rules) => _rules = rules;

    /// <summary>Who did what when, of every request.</summary>
    public static AuditPolicy Metadata { get; } = new(
        [new AuditRule { Level = AuditLevel.Metadata, Decision = new AuditDecision(AuditLevel.Metadata, new HashSet<AuditStage> { AuditStage.RequestReceived }, false) }]);

    /// <summary>Reads a policy of audit.k8s.io/v1 in YAML or JSON.</summary>
    /// <exception cref="FormatException">It is none; the message names every field that is wrong.</exception>
    public static AuditPolicy Parse(string text) => AuditPolicyReader.Read(text);

    /// <summary>What holds for a request of a user.</summary>
    internal AuditDecision Decide(UserInfo user, RequestInfo info)
    {
        foreach (var rule in _rules)
        {
            if (rule.Fits(user, info))
            {
                return rule.Decision;
            }
        }

        return Nothing;
    }
}
