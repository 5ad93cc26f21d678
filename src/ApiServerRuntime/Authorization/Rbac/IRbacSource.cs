namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>Where the roles and bindings come from.</summary>
public interface IRbacSource
{
    /// <summary>What holds now. Asked for each decision, so it must be quick.</summary>
    RbacIndex Current { get; }
}
