using KubeFed.ApiServerRuntime.Authentication;

namespace KubeFed.ApiServerRuntime.Standalone;

/// <summary>The users as whom the server's own controllers write.</summary>
internal static class SystemUser
{
    public static UserInfo NamespaceController { get; } = Account("namespace-controller");

    public static UserInfo GarbageCollector { get; } = Account("generic-garbage-collector");

    public static UserInfo AccountController { get; } = Account("service-account-controller");

    public static UserInfo Server { get; } = new() { Name = "system:apiserver", Groups = ["system:masters", "system:authenticated"] };

    private static UserInfo Account(string name) => new()
    {
        Name = $"system:serviceaccount:kube-system:{name}",
        Groups = ["system:serviceaccounts", "system:serviceaccounts:kube-system", "system:authenticated"],
    };
}
