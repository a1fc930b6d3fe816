import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      'src/text/fold-data.ts',
      // AssemblyScript: its types are not TypeScript's. `npm run lint` checks them by tsconfigs of their own.
      'src/**/wasm/**',
      'scripts/**',
      'bench/**',
      'eslint.config.js',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
      // `_` names what a destructuring takes away.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_+$', argsIgnorePattern: '^_+$' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers in messages are ordinary here (counts, sizes, statuses); the rule would only add String() noise.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `{}`-style checks against untrusted JSON are deliberate; the types say what we hope, not what arrived.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Test callbacks and interface implementations are async by contract even when they await nothing.
      '@typescript-eslint/require-await': 'off',
      // Index access is already checked by noUncheckedIndexedAccess; `!` is allowed where a line above proves it.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
