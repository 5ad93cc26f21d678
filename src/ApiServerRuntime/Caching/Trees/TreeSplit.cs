namespace KubeFed.ApiServerRuntime.Caching.Trees;

/// <summary>What a node became.</summary>
/// <param name="Left">The node, or its first half.</param>
/// <param name="Right">The second half; null when there is no need of one.</param>
/// <param name="Separator">A key not after any of the second half and after all of the first.</param>
internal readonly record struct TreeSplit(TreeNode Left, TreeNode? Right = null, string? Separator = null);
