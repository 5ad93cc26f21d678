using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Requests;

namespace KubeFed.ApiServerRuntime.Fairness;

/// <summary>
/// The levels that the seats are shared among, and who belongs to which. Not limited are <c>system:masters</c> and the health probes. Then, in
/// this order: leader election (leases of service accounts and of parts of the system), the system (nodes, its controllers), the other service
/// accounts, other authenticated users, everybody else. The shares are as in Kubernetes: 10, 30, 40, 20 and 5 of 105.
/// </summary>
internal sealed class PriorityLevels
{
    private const string AccountPrefix = "system:serviceaccount:";
    private const string AccountsPrefix = "system:serviceaccounts:";
    private const int AllShares = 105;

    private readonly string[] _systemGroups;

    public PriorityLevels(FairnessOptions options, TimeProvider time, Action<PriorityLevel, TimeSpan>? onWaited)
    {
        _systemGroups = [.. options.SystemNamespaces.Select(static name => AccountsPrefix + name), "system:nodes"];
        LeaderElection = Make("leader-election", 10);
        System = Make("system", 30);
        Workload = Make("workload-high", 40);
        GlobalDefault = Make("global-default", 20);
        CatchAll = Make("catch-all", 5);
        All = [LeaderElection, System, Workload, GlobalDefault, CatchAll];

        PriorityLevel Make(string name, int shares) =>
            new(name, (int)Math.Ceiling(options.Seats * (double)shares / AllShares), options, time) { OnWaited = onWaited };
    }

    public PriorityLevel LeaderElection { get; }

    public PriorityLevel System { get; }

    public PriorityLevel Workload { get; }

    public PriorityLevel GlobalDefault { get; }

    public PriorityLevel CatchAll { get; }

    public IReadOnlyList<PriorityLevel> All { get; }

    /// <summary>The level of a request; null for one that is not limited.</summary>
    public PriorityLevel? Find(ApiRequest request)
    {
        var user = request.User;
        if (IsProbe(request.Info) || IsIn(user, "system:masters"))
        {
            return null;
        }

        var isAccount = user.Name.StartsWith(AccountPrefix, StringComparison.Ordinal);
        var isPart = isAccount ? IsInAny(user, _systemGroups) : IsPartOfTheSystem(user);
        if (request.Info is { Group: "coordination.k8s.io", Resource: "leases" } && (isAccount || isPart))
        {
            return LeaderElection;
        }

        return isPart ? System
            : isAccount ? Workload
            : IsIn(user, "system:authenticated") ? GlobalDefault
            : CatchAll;
    }

    private static bool IsProbe(RequestInfo info) =>
        !info.IsResourceRequest && (IsBelow(info.Path, "/healthz") || IsBelow(info.Path, "/livez") || IsBelow(info.Path, "/readyz"));

    private static bool IsBelow(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '/');

    private bool IsPartOfTheSystem(UserInfo user) =>
        user.Name is "system:kube-controller-manager" or "system:kube-scheduler" or "system:apiserver" or "system:kube-aggregator" or "system:aggregator"
        || IsInAny(user, _systemGroups);

    private static bool IsIn(UserInfo user, string group)
    {
        for (var i = 0; i < user.Groups.Count; i++)
        {
            if (user.Groups[i] == group)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInAny(UserInfo user, string[] groups)
    {
        foreach (var group in groups)
        {
            if (IsIn(user, group))
            {
                return true;
            }
        }

        return false;
    }
}
