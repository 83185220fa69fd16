namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module that calls hooks before and after its computation. A hook may replace the input or the result.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            protected Dictionary<string, TPreHook> pre_hooks = [];
            protected Dictionary<string, TPostHook> post_hooks = [];
            protected Dictionary<string, Action<Module>> module_pre_hooks = [];
            protected Dictionary<string, Action<Module>> module_post_hooks = [];

            protected HookableModule(string name)
                : base(name)
            {
            }

            /// <summary>Adds a hook that sees the inputs before the computation.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook)
            {
                var key = NewKey();
                pre_hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Adds a hook that runs before the computation.</summary>
            public HookRemover register_forward_pre_hook(Action<Module> hook)
            {
                var key = NewKey();
                module_pre_hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Adds a hook that sees the inputs and the result after the computation.</summary>
            public HookRemover register_forward_hook(TPostHook hook)
            {
                var key = NewKey();
                post_hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Adds a hook that runs after the computation.</summary>
            public HookRemover register_forward_hook(Action<Module> hook)
            {
                var key = NewKey();
                module_post_hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            private protected void RunHooks(Dictionary<string, Action<Module>> hooks)
            {
                foreach (var hook in hooks.Values)
                    hook(this);
            }

            private static string NewKey() => Guid.NewGuid().ToString("n");

            private void Remove(string key)
            {
                pre_hooks.Remove(key);
                post_hooks.Remove(key);
                module_pre_hooks.Remove(key);
                module_post_hooks.Remove(key);
            }

            /// <summary>Takes a hook away again.</summary>
            public class HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
            {
                /// <summary>Takes the hook away.</summary>
                public void remove() => module.Remove(key);
            }
        }
    }
}
